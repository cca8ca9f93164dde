// Lower case for what protocols compare without regard to it: names of header fields, media types, character
// sets, addresses. ASCII letters only, whatever the locale; other octets as they are. People's words are
// folded (fold.hpp). Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost {

constexpr char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string lowered(std::string_view text) {
    std::string out{text};
    for (char& c : out) c = lowered(c);
    return out;
}

}  // namespace raadspost
