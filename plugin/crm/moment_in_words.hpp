// "3-12-2026, 14:30": a moment for people, by a Dutch clock, in whatever language. Pure.
#pragma once

#include "core/calendar/council_term.hpp"
#include "tryton/value.hpp"

#include <fmt/format.h>

#include <string>

namespace raadspost::crm {

inline std::string moment_in_words(const tryton::DateTime& moment) {
    const auto at = std::chrono::floor<std::chrono::seconds>(moment);
    const auto day = calendar::day_in_the_netherlands(at);
    const std::chrono::hh_mm_ss clock{calendar::time_in_the_netherlands(at)};
    return fmt::format("{}-{}-{}, {}:{:02}", static_cast<unsigned>(day.day()),
                       static_cast<unsigned>(day.month()), static_cast<int>(day.year()),
                       clock.hours().count(), clock.minutes().count());
}

}  // namespace raadspost::crm
