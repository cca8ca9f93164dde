#include "core/calendar/working_days.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace raadspost::calendar {

using namespace std::chrono;

namespace {

// The Gregorian computus in the form of Meeus, Jones and Butcher.
constexpr sys_days computed_easter(int y) {
    const int a = y % 19, b = y / 100, c = y % 100;
    const int d = b / 4, e = b % 4;
    const int g = (8 * b + 13) / 25;
    const int h = (19 * a + b - d - g + 15) % 30;
    const int i = c / 4, k = c % 4;
    const int l = (32 + 2 * e + 2 * i - h - k) % 7;
    const int m = (a + 11 * h + 19 * l) / 433;
    const int n = h + l - 7 * m;
    const int month_of = (n + 90) / 25;
    const int day_of = (n + 33 * month_of + 19) % 32;
    return year{y} / month{static_cast<unsigned>(month_of)} / day{static_cast<unsigned>(day_of)};
}

constexpr int first_year = 2000;
constexpr auto easters = [] {
    std::array<sys_days, 200> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = computed_easter(first_year + static_cast<int>(i));
    return table;
}();

sys_days easter(year y) {
    const int i = static_cast<int>(y) - first_year;
    const bool known = i >= 0 && i < static_cast<int>(easters.size());
    return known ? easters[static_cast<std::size_t>(i)] : computed_easter(static_cast<int>(y));
}

// 27 April, or the day before when that is a Sunday.
sys_days kings_day(year y) {
    const sys_days birthday = y / April / 27;
    return weekday{birthday} == Sunday ? birthday - days{1} : birthday;
}

}  // namespace

std::vector<PublicHoliday> public_holidays(year y) {
    const sys_days easter_day = easter(y);
    std::vector<PublicHoliday> holidays = {
        {"Nieuwjaarsdag", y / January / 1},
        {"Eerste paasdag", easter_day},
        {"Tweede paasdag", easter_day + days{1}},
        {"Koningsdag", kings_day(y)},
        {"Bevrijdingsdag", y / May / 5},
        {"Hemelvaartsdag", easter_day + days{39}},
        {"Eerste pinksterdag", easter_day + days{49}},
        {"Tweede pinksterdag", easter_day + days{50}},
        {"Eerste kerstdag", y / December / 25},
        {"Tweede kerstdag", y / December / 26},
    };
    std::ranges::stable_sort(holidays, {}, &PublicHoliday::day);
    return holidays;
}

bool is_public_holiday(sys_days day_of) {
    const year_month_day date{day_of};
    const year y = date.year();
    const days after_easter = day_of - easter(y);
    switch (static_cast<int>(after_easter.count())) {
        case 0:
        case 1:
        case 39:
        case 49:
        case 50:
            return true;
        default:
            break;
    }
    return date == y / January / 1 || date == y / May / 5 || date == y / December / 25 ||
           date == y / December / 26 || (date.month() == April && day_of == kings_day(y));
}

bool is_working_day(sys_days day_of) {
    const unsigned of_week = weekday{day_of}.iso_encoding();
    return of_week <= 5 && !is_public_holiday(day_of);
}

sys_days add_working_days(sys_days day_of, int count) {
    const days step{count < 0 ? -1 : 1};
    for (int left = count < 0 ? -count : count; left > 0;) {
        day_of += step;
        if (is_working_day(day_of)) --left;
    }
    return day_of;
}

}  // namespace raadspost::calendar
