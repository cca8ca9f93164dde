#include "core/appeal/escape.hpp"

#include <cstdint>

namespace raadspost::appeal {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

bool is_ascii_punctuation(char32_t point) {
    return (point >= '!' && point <= '/') || (point >= ':' && point <= '@') ||
           (point >= '[' && point <= '`') || (point >= '{' && point <= '~');
}

bool is_blank(char32_t point) {
    return point == ' ' || point == '\t' || point == '\n' || point == '\r';
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(at);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    const std::size_t from = at++;
    if (length == 0 || text.size() - from < length) return 0xFFFD;
    if (length == 1) return lead;
    char32_t point = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(from + i) & 0xC0) != 0x80) return 0xFFFD;
        point = (point << 6) | (byte(from + i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) return 0xFFFD;
    at = from + length;
    return point;
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        if (next_code_point(text, at) == 0xFFFD && text.substr(from, at - from) != replacement) return false;
    }
    return true;
}

bool is_control(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

namespace {

// Calls keep(point, its bytes) for each code point; bytes that are none count as U+FFFD.
template <class Keep>
void each_code_point(std::string_view text, Keep keep) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const char32_t point = next_code_point(text, at);
        keep(point, point == 0xFFFD ? replacement : text.substr(from, at - from));
    }
}

}  // namespace

std::string escaped_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    each_code_point(text, [&](char32_t point, std::string_view bytes) {
        if (!is_control(point) || point == '\n' || point == '\t') out += bytes;
    });
    return out;
}

std::string escaped_html(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    each_code_point(text, [&](char32_t point, std::string_view bytes) {
        if (point == '&')
            out += "&amp;";
        else if (point == '<')
            out += "&lt;";
        else if (point == '>')
            out += "&gt;";
        else if (point == '"')
            out += "&quot;";
        else if (point == '\'')
            out += "&#39;";
        else if (!is_control(point) || point == '\n' || point == '\t')
            out += bytes;
    });
    return out;
}

std::string escaped_markup(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    bool gap = false;
    each_code_point(text, [&](char32_t point, std::string_view bytes) {
        if (is_blank(point) || point == 0x2028 || point == 0x2029) {
            gap = true;
            return;
        }
        if (is_control(point)) return;
        if (gap && !out.empty()) out += ' ';
        gap = false;
        if (is_ascii_punctuation(point)) out += '\\';
        out += bytes;
    });
    return out;
}

}  // namespace raadspost::appeal
