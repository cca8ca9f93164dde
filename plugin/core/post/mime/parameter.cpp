#include "core/post/mime/parameter.hpp"

#include <algorithm>

namespace raadspost::post::mime {

namespace {

constexpr std::size_t most = 74;  // with the space before and the semicolon after it: 76

bool is_plain(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || letter == '-' || letter == '_' || letter == '.';
}

std::string quoted(std::string_view value) {
    std::string text = "\"";
    for (const char letter : value) {
        if (letter == '"' || letter == '\\') text += '\\';
        text += letter;
    }
    return text + '"';
}

// The letter (of one to four bytes) that begins at `at`, percent-encoded; moves `at` behind it.
std::string encoded_letter(std::string_view value, std::size_t& at) {
    std::string letter;
    do {
        const auto byte = static_cast<unsigned char>(value[at]);
        if (is_plain(value[at]))
            letter += value[at];
        else
            letter += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
        ++at;
    } while (at < value.size() && (static_cast<unsigned char>(value[at]) & 0xc0) == 0x80);
    return letter;
}

}  // namespace

std::string parameter(std::string_view name, std::string_view value) {
    const bool ascii = std::ranges::all_of(value, [](char letter) { return letter >= ' ' && letter < 0x7f; });
    // What looks like an encoded word is decoded by some readers, inside quotes too.
    if (ascii && value.find("=?") == std::string_view::npos) {
        std::string whole = std::string{name} + '=' + quoted(value);
        if (whole.size() <= most) return whole;
    }
    std::string text;
    std::string piece = std::string{name} + "*0*=utf-8''";
    int pieces = 1;
    for (std::size_t at = 0; at < value.size();) {
        const std::string letter = encoded_letter(value, at);
        if (piece.size() + letter.size() > most) {
            text += piece + ";\n ";
            piece = std::string{name} + '*' + std::to_string(pieces++) + "*=";
        }
        piece += letter;
    }
    if (pieces == 1) piece.erase(name.size(), 2);  // "name*0*=" is "name*=" where it is alone
    return text + piece;
}

}  // namespace raadspost::post::mime
