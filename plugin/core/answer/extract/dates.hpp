// Dates as people write them in Dutch (and English) mail: "donderdag 12 februari a.s.", "12-2", "volgende
// week dinsdag", "March 5th". Where the year or the day is left to the reader it follows from the day of
// writing. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

namespace raadspost::answer {

struct DateFound {
    std::chrono::year_month_day day;
    std::size_t begin, end;  // in the text
};

// All dates in a piece of folded text (folded_text.hpp), in their order. `written` is the day of writing
// where the writer was. A day without a year is the nearest one from three months back to nine months on;
// "a.s." and "jl." decide. A weekday alone is the next one. Dates that do not exist are passed over.
std::vector<DateFound> dates_in(std::string_view folded, std::chrono::sys_days written);

}  // namespace raadspost::answer
