#include "core/fold.hpp"

#include "core/ascii.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace raadspost {
namespace {

// Latin-1 Supplement and Latin Extended-A, U+00C0 to U+017F, as the ASCII letters that people type for them.
constexpr std::array<std::string_view, 0x180 - 0xC0> ascii_of_latin = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  // 00C0
    "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
    "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",  // 00E0
    "d", "n", "o",  "o",  "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y",
    "a", "a", "a",  "a",  "a", "a", "c",  "c", "c", "c", "c", "c", "c", "c", "d",  "d",  // 0100
    "d", "d", "e",  "e",  "e", "e", "e",  "e", "e", "e", "e", "e", "g", "g", "g",  "g",
    "g", "g", "g",  "g",  "h", "h", "h",  "h", "i", "i", "i", "i", "i", "i", "i",  "i",  // 0120
    "i", "i", "ij", "ij", "j", "j", "k",  "k", "k", "l", "l", "l", "l", "l", "l",  "l",
    "l", "l", "l",  "n",  "n", "n", "n",  "n", "n", "n", "n", "n", "o", "o", "o",  "o",  // 0140
    "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r", "s", "s", "s", "s", "s",  "s",
    "s", "s", "t",  "t",  "t", "t", "t",  "t", "u", "u", "u", "u", "u", "u", "u",  "u",  // 0160
    "u", "u", "u",  "u",  "w", "w", "y",  "y", "y", "z", "z", "z", "z", "z", "z",  "s",
};

// What becomes of ASCII: a letter or digit, a gap between words, or nothing.
constexpr char gap_sign = -1, dropped = -2;
constexpr std::array<char, 128> ascii = [] {
    std::array<char, 128> made{};
    for (std::size_t i = 0; i < made.size(); ++i) {
        const char c = lowered(static_cast<char>(i));
        made[i] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c
                  : c == '\'' || c == '`'                          ? dropped
                                                                   : gap_sign;
    }
    return made;
}();

// Reads one code point at `at` and moves on; 0xFFFD for a byte that begins none.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(at);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || at + length > text.size()) {
        ++at;
        return 0xFFFD;
    }
    char32_t point = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) {
            ++at;
            return 0xFFFD;
        }
        point = (point << 6) | (byte(at + i) & 0x3Fu);
    }
    at += length;
    return point;
}

bool is_apostrophe(char32_t point) {
    return point == 0x00B4 || point == 0x2018 || point == 0x2019 || point == 0x02BC;
}

bool is_combining(char32_t point) {
    return point >= 0x0300 && point <= 0x036F;
}

}  // namespace

std::string folded(std::string_view name) {
    std::string out;
    out.reserve(name.size());
    bool gap = false;
    const auto add = [&](std::string_view letters) {
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += letters;
    };
    for (std::size_t at = 0; at < name.size();) {
        if (const auto octet = static_cast<unsigned char>(name[at]); octet < ascii.size()) {
            ++at;
            if (const char letter = ascii[octet]; letter > 0) {
                if (gap && !out.empty()) out += ' ';
                gap = false;
                out += letter;
            } else {
                gap = gap || letter == gap_sign;
            }
            continue;
        }
        const std::size_t from = at;
        const char32_t point = next_code_point(name, at);
        if (point >= 0xC0 && point < 0x180) {
            if (const auto letters = ascii_of_latin[point - 0xC0]; letters.empty())
                gap = true;
            else
                add(letters);
        } else if (is_apostrophe(point) || is_combining(point) || point == 0xFFFD) {
            continue;
        } else if (point < 0xC0 || (point >= 0x2000 && point < 0x2070)) {
            gap = true;
        } else {
            add(name.substr(from, at - from));
        }
    }
    return out;
}

std::string sort_key(std::string_view name) {
    std::string key = folded(name);
    const bool apostrophe =
        name.starts_with('\'') || name.starts_with("\xE2\x80\x99") || name.starts_with("\xE2\x80\x98");
    if (apostrophe && key.size() > 2 && key[1] == ' ') return key.substr(2) + ' ' + key[0];
    return key;
}

std::string folded_mailbox(std::string_view address) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = address.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return lowered(address.substr(first, address.find_last_not_of(blank) - first + 1));
}

}  // namespace raadspost
