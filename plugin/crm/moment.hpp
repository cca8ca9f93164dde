// The present moment, and days and moments in words for people. Pure but for the clock.
#pragma once

#include "core/calendar/council_term.hpp"
#include "tryton/value.hpp"

#include <fmt/format.h>

#include <string>

namespace raadspost::crm {

// In whole seconds: the host's forms and its columns know no fraction.
inline tryton::DateTime now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// "03-12-2026", as the host writes a day in Dutch.
inline std::string day_in_words(const tryton::Date& day) {
    return fmt::format("{:02}-{:02}-{}", static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()),
                       static_cast<int>(day.year()));
}

// "03-12-2026, 14:30": by a Dutch clock, in whatever language.
inline std::string moment_in_words(const tryton::DateTime& moment) {
    const auto at = std::chrono::floor<std::chrono::seconds>(moment);
    const std::chrono::hh_mm_ss clock{calendar::time_in_the_netherlands(at)};
    return fmt::format("{}, {:02}:{:02}", day_in_words(calendar::day_in_the_netherlands(at)),
                       clock.hours().count(), clock.minutes().count());
}

}  // namespace raadspost::crm
