#include "core/base64.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace raadspost {
namespace {

constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t line_bytes = 57;  // 76 letters

// Of each 12 bits the two letters.
constexpr auto pairs = [] {
    std::array<std::array<char, 2>, 4096> table{};
    for (std::size_t bits = 0; bits < table.size(); ++bits)
        table[bits] = {letters[bits >> 6], letters[bits & 63]};
    return table;
}();

// Gives the end of what it wrote at `out`.
char* encode(std::string_view bytes, char* out) {
    const auto at = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[i])}; };
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3, out += 4) {
        const std::uint32_t bits = at(i) << 16 | at(i + 1) << 8 | at(i + 2);
        std::memcpy(out, pairs[bits >> 12].data(), 2);
        std::memcpy(out + 2, pairs[bits & 4095].data(), 2);
    }
    if (const std::size_t left = bytes.size() - i; left != 0) {
        const std::uint32_t bits = at(i) << 16 | (left == 2 ? at(i + 1) << 8 : 0);
        std::memcpy(out, pairs[bits >> 12].data(), 2);
        out[2] = left == 2 ? letters[bits >> 6 & 63] : '=';
        out[3] = '=';
        out += 4;
    }
    return out;
}

constexpr std::size_t encoded_size(std::size_t bytes) {
    return (bytes + 2) / 3 * 4;
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::string text(encoded_size(bytes.size()), '\0');
    encode(bytes, text.data());
    return text;
}

std::string base64_lines(std::string_view bytes) {
    const std::size_t lines = (bytes.size() + line_bytes - 1) / line_bytes;
    std::string text(encoded_size(bytes.size()) + 2 * lines, '\0');
    char* out = text.data();
    for (std::size_t at = 0; at < bytes.size(); at += line_bytes) {
        out = encode(bytes.substr(at, line_bytes), out);
        *out++ = '\r';
        *out++ = '\n';
    }
    return text;
}

}  // namespace raadspost
