// Letters as protocols see them, whatever the locale: ASCII only, other octets as they are. Lower case is for
// what they compare without regard to it: names of header fields, media types, character sets, addresses.
// People's words are folded (fold.hpp). Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost {

constexpr bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string lowered(std::string_view text) {
    std::string out{text};
    for (char& c : out) c = lowered(c);
    return out;
}

}  // namespace raadspost
