// Dutch public holidays and working days. The holidays are those of the Algemene termijnenwet article 3(1),
// with the two Sundays of Easter and Whitsun; Good Friday, which the law puts on a par with them for time
// limits only, is a working day, and 5 May is a holiday every year: town halls are closed then. Valid from
// 2014 on, the first King's Day. Pure functions over a table made at compile time: safe on any thread, and
// cheap enough to be called for each of a million cases.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <string_view>
#include <vector>

namespace raadspost::calendar {

struct PublicHoliday {
    std::string_view name;  // Dutch: "Koningsdag"
    std::chrono::sys_days day;
};

// In the order of the days; also those that fall on a Saturday or Sunday.
std::vector<PublicHoliday> public_holidays(std::chrono::year y);

bool is_public_holiday(std::chrono::sys_days day);

// Monday to Friday, no public holiday.
bool is_working_day(std::chrono::sys_days day);

// The n-th working day after `day`, or before it where `count` is negative; `day` itself, whatever it is,
// when it is 0.
std::chrono::sys_days add_working_days(std::chrono::sys_days day, int count);

}  // namespace raadspost::calendar
