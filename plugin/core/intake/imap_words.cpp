#include "core/intake/imap_words.hpp"

#include "core/base64.hpp"
#include "core/intake/imap_reply.hpp"

#include <algorithm>
#include <array>

namespace raadspost::intake {
namespace {

bool is_plain(char letter) {
    return letter >= 0x20 && letter < 0x7f;
}

// The next code point of UTF-8 (RFC 3629: shortest form, no surrogates), which is taken away.
std::optional<char32_t> take_code_point(std::string_view& text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80    ? 1
                               : first >= 0xf0 ? 4
                               : first >= 0xe0 ? 3
                               : first >= 0xc2 ? 2
                                               : 0;
    if (length == 0 || first > 0xf4 || text.size() < length) return std::nullopt;
    char32_t point = length == 1 ? first : first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return std::nullopt;
        point = (point << 6) | (byte(i) & 0x3fu);
    }
    constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return std::nullopt;
    text.remove_prefix(length);
    return point;
}

void add_utf16(std::string& bytes, char32_t point) {
    const auto unit = [&](char32_t value) {
        bytes += static_cast<char>(value >> 8 & 0xff);
        bytes += static_cast<char>(value & 0xff);
    };
    if (point < 0x10000) return unit(point);
    unit(0xd800 + ((point - 0x10000) >> 10));
    unit(0xdc00 + ((point - 0x10000) & 0x3ff));
}

// Base64 with "," for "/" and without padding.
std::string shifted(std::string_view utf16) {
    std::string text = base64(utf16);
    while (text.ends_with('=')) text.pop_back();
    std::ranges::replace(text, '/', ',');
    return '&' + text + '-';
}

std::optional<int> digits(std::string_view text) {
    const auto number = imap_number(text);
    return number ? std::optional{static_cast<int>(*number)} : std::nullopt;
}

}  // namespace

std::optional<std::string> imap_quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char letter : text) {
        if (!is_plain(letter)) return std::nullopt;
        if (letter == '"' || letter == '\\') quoted += '\\';
        quoted += letter;
    }
    return quoted + '"';
}

std::optional<std::string> imap_folder_name(std::string_view utf8) {
    std::string name, waiting;
    const auto shift_back = [&] {
        if (!waiting.empty()) name += shifted(waiting);
        waiting.clear();
    };
    while (!utf8.empty()) {
        const auto point = take_code_point(utf8);
        if (!point || *point < 0x20 || *point == 0x7f) return std::nullopt;
        if (*point >= 0x80) {
            add_utf16(waiting, *point);
            continue;
        }
        shift_back();
        name += static_cast<char>(*point);
        if (*point == '&') name += '-';
    }
    shift_back();
    return name;
}

std::string imap_set(std::span<const std::uint32_t> numbers) {
    std::string set;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
        if (!set.empty()) set += ',';
        set += std::to_string(numbers[i]);
        if (last > i) set += ':' + std::to_string(numbers[last]);
        i = last + 1;
    }
    return set;
}

std::optional<std::chrono::sys_seconds> imap_date(std::string_view text) {
    using namespace std::chrono;
    constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr std::string_view shape = "..-...-.... ..:..:.. .....";
    if (text.size() != shape.size()) return std::nullopt;
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] != '.' && shape[i] != text[i]) return std::nullopt;
    const auto month_at = std::ranges::find(months, text.substr(3, 3));
    const auto day_of_month = digits(text.substr(text[0] == ' ' ? 1 : 0, text[0] == ' ' ? 1 : 2));
    const auto in_year = digits(text.substr(7, 4));
    const auto hour = digits(text.substr(12, 2)), minute = digits(text.substr(15, 2)),
               second = digits(text.substr(18, 2));
    const auto zone_hours = digits(text.substr(22, 2)), zone_minutes = digits(text.substr(24, 2));
    const char sign = text[21];
    if (month_at == months.end() || !day_of_month || !in_year || !hour || !minute || !second || !zone_hours ||
        !zone_minutes || (sign != '+' && sign != '-') || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    const year_month_day date{year{*in_year}, month{static_cast<unsigned>(month_at - months.begin() + 1)},
                              day{static_cast<unsigned>(*day_of_month)}};
    if (!date.ok()) return std::nullopt;
    const minutes zone{(*zone_hours * 60 + *zone_minutes) * (sign == '-' ? -1 : 1)};
    return sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second} - zone;
}

}  // namespace raadspost::intake
