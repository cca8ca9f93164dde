#include "core/answer/mail/plain_date.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace raadspost::answer::mail {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Takes so many digits; nothing where others stand there.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, digits)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = 10 * value + (c - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, std::string_view what) {
    if (!text.starts_with(what)) return false;
    text.remove_prefix(what.size());
    return true;
}

}  // namespace

std::optional<WrittenAt> plain_date(std::string_view value) {
    using namespace std::chrono;
    const auto among = [](const auto& names, std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    };
    if (value.size() > 5 && value.substr(3).starts_with(", ") &&
        among(weekdays, value.substr(0, 3)) < weekdays.size())
        value.remove_prefix(5);
    const auto day_number = take_number(value, value.find(' ') == 1 ? 1 : 2);
    if (!day_number || !take(value, " ")) return std::nullopt;
    const std::size_t month_index = among(months, value.substr(0, 3));
    if (month_index == months.size()) return std::nullopt;
    value.remove_prefix(3);
    if (!take(value, " ")) return std::nullopt;
    const auto year_number = take_number(value, 4);
    if (!year_number || !take(value, " ")) return std::nullopt;
    const auto hour = take_number(value, 2);
    if (!hour || !take(value, ":")) return std::nullopt;
    const auto minute = take_number(value, 2);
    if (!minute || !take(value, ":")) return std::nullopt;
    const auto second = take_number(value, 2);
    if (!second || !take(value, " ")) return std::nullopt;
    const int sign = value.starts_with('-') ? -1 : 1;
    if (!take(value, "+") && !take(value, "-")) return std::nullopt;
    const auto zone_hours = take_number(value, 2), zone_minutes = take_number(value, 2);
    if (!zone_hours || !zone_minutes || !value.empty()) return std::nullopt;

    const year_month_day date = year{*year_number} / static_cast<int>(month_index + 1) / *day_number;
    const int offset = sign * (60 * *zone_hours + *zone_minutes);
    constexpr int first_year = 1971, last_year = 2100, farthest_zone = 14;
    const bool usual = date.ok() && *year_number >= first_year && *year_number <= last_year && *hour < 24 &&
                       *minute < 60 && *second < 60 && *zone_hours < farthest_zone && *zone_minutes < 60;
    if (!usual || (offset == 0 && sign < 0)) return std::nullopt;  // "-0000": the zone is not known
    return WrittenAt{sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second} - minutes{offset},
                     offset};
}

}  // namespace raadspost::answer::mail
