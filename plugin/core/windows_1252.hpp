// Windows-1252, what Windows writes CSV and mail in, whatever label it puts on them: a table of 32 exceptions to Latin-1.
// Bytes that the code page leaves open map to themselves, as browsers do (WHATWG Encoding, index
// windows-1252). Safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <array>
#include <string>

namespace raadspost {

constexpr char16_t code_point_of_windows_1252(unsigned char byte) {
    constexpr std::array<char16_t, 32> upper = {
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80u] : char16_t{byte};
}

inline void append_utf8(std::string& out, char32_t point) {
    const auto add = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (point < 0x80) {
        add(point);
    } else if (point < 0x800) {
        add(0xC0 | (point >> 6));
        add(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        add(0xE0 | (point >> 12));
        add(0x80 | ((point >> 6) & 0x3F));
        add(0x80 | (point & 0x3F));
    } else {
        add(0xF0 | (point >> 18));
        add(0x80 | ((point >> 12) & 0x3F));
        add(0x80 | ((point >> 6) & 0x3F));
        add(0x80 | (point & 0x3F));
    }
}

}  // namespace raadspost
