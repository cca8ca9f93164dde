// Dates as registers, people and spreadsheets write them. Internal to this folder except for date_of in
// mapping.hpp. Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace raadspost::registers {

// Exactly 2026-03-18 or 18-03-2026, with anything behind it.
std::optional<std::chrono::year_month_day> day_of(std::string_view text);

std::string iso(std::chrono::year_month_day day);  // 2026-03-18

// A spreadsheet's day number: 46099 is 2026-03-18; only years 1901 to 2199. With `from_1904` the Macintosh's
// count.
std::optional<std::chrono::year_month_day> day_of_serial(double serial, bool from_1904 = false);

}  // namespace raadspost::registers
