#include "core/post/mime/quoting.hpp"

#include "core/ascii.hpp"

namespace raadspost::post::mime {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') out += '\\';
        out += letter;
    }
    return out + '"';
}

std::string encoded_letter(std::string_view text, std::size_t& at, char mark, std::string_view plain) {
    std::string letter;
    do {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (is_letter_or_digit(text[at]) || plain.find(text[at]) != std::string_view::npos)
            letter += text[at];
        else
            letter += {mark, "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
        ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
    return letter;
}

}  // namespace raadspost::post::mime
