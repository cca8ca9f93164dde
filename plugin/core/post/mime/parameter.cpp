#include "core/post/mime/parameter.hpp"

#include <algorithm>

#include "core/post/mime/quoting.hpp"

namespace raadspost::post::mime {

namespace {

constexpr std::size_t most = 74;  // with the space before and the semicolon after it: 76

constexpr std::string_view plain = "-_.";

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
        const std::string letter = encoded_letter(value, at, '%', plain);
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
