// The path of an XML element below some root as one number, so that what a reader does with an element can be
// the cases of a switch, and costs no strings. Two paths of a hostile file may be made to share a number;
// then a text of that file is taken for another of that file, no more. Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <cstdint>
#include <string_view>

namespace raadspost::registers {

using XmlPath = std::uint64_t;  // FNV-1a over the local names, each after a slash
inline constexpr XmlPath xml_root_path = 14695981039346656037u;

constexpr XmlPath below(XmlPath path, std::string_view name) {
    path = (path ^ 0x2F) * 1099511628211u;
    for (const char c : name) path = (path ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return path;
}

// "functies/functie/naam", below the root or below `path`.
constexpr XmlPath xml_path(std::string_view names, XmlPath path = xml_root_path) {
    while (true) {
        const auto end = names.find('/');
        path = below(path, names.substr(0, end));
        if (end == std::string_view::npos) return path;
        names.remove_prefix(end + 1);
    }
}

}  // namespace raadspost::registers
