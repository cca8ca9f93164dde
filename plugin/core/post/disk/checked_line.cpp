#include "core/post/disk/checked_line.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>

namespace raadspost::post {
namespace {

constexpr std::size_t sum_digits = 8;
constexpr char hex_digits[] = "0123456789abcdef";

Chain next(Chain chain, std::string_view body) {
    return static_cast<Chain>(
        ::crc32_z(chain, reinterpret_cast<const unsigned char*>(body.data()), body.size()));
}

std::string hex(Chain chain) {
    std::string text;
    for (int shift = 28; shift >= 0; shift -= 4) text += hex_digits[(chain >> shift) & 15];
    return text;
}

}  // namespace

std::string checked_line(std::string_view body, Chain& chain) {
    chain = next(chain, body);
    std::string line{body};
    line += ' ';
    line += hex(chain);
    line += '\n';
    return line;
}

LineFound take_line(std::string_view& bytes, std::string_view& body, Chain& chain) {
    if (bytes.empty()) return LineFound::end;
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) return LineFound::unfinished;
    const std::string_view line = bytes.substr(0, end);
    if (line.size() < sum_digits + 1 || line[line.size() - sum_digits - 1] != ' ') return LineFound::spoilt;
    const std::string_view candidate = line.substr(0, line.size() - sum_digits - 1);
    const Chain sum = next(chain, candidate);
    if (hex(sum) != line.substr(line.size() - sum_digits)) return LineFound::spoilt;
    body = candidate;
    chain = sum;
    bytes.remove_prefix(end + 1);
    return LineFound::good;
}

std::string_view take_word(std::string_view& text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

std::string as_word(std::string_view text) {
    if (text.empty()) return "-";
    if (text == "-") return "%2d";
    std::string word;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte > 0x20 && byte < 0x7f && letter != '%') {
            word += letter;
        } else {
            word += '%';
            word += hex_digits[byte >> 4];
            word += hex_digits[byte & 15];
        }
    }
    return word;
}

bool from_word(std::string_view word, std::string& text) {
    text.clear();
    if (word == "-") return true;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '%') {
            text += word[i];
            continue;
        }
        unsigned char byte = 0;
        if (word.size() - i < 3) return false;
        const char* from = word.data() + i + 1;
        const auto [end, error] = std::from_chars(from, from + 2, byte, 16);
        if (error != std::errc{} || end != from + 2) return false;
        text += static_cast<char>(byte);
        i += 2;
    }
    return !word.empty();
}

}  // namespace raadspost::post
