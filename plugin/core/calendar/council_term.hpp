// The term of a municipal council that follows the regular elections (election_days.hpp), and the Dutch
// clock. Councils after a reorganisation have terms of their own, which are not here: the CRM keeps them.
// Pure functions over dates: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <string>

namespace raadspost::calendar {

struct CouncilTerm {
    std::chrono::year_month_day voting_day;
    std::chrono::year_month_day installation_day;
    std::chrono::year_month_day ends_on;  // the day on which the next council comes in

    std::string name() const;  // "2026-2030"
};

// The term of the council that sits on `day`; on the day of the change it is the new one.
CouncilTerm council_term(std::chrono::year_month_day day);

// The term after it.
CouncilTerm next_term(const CouncilTerm& term);

// The calendar day in the Netherlands at `moment`. The EU's summer time (Directive 2000/84/EC: last Sundays
// of March and October, 01:00 UTC) is computed, because the host runs with TZ=UTC and a machine may lack zone
// files.
std::chrono::year_month_day day_in_the_netherlands(std::chrono::sys_seconds moment);

// What a clock shows there: since midnight by the clock.
std::chrono::seconds time_in_the_netherlands(std::chrono::sys_seconds moment);

// Midnight or another time of that day in the Netherlands as a moment. A time that the clock skips in March
// counts as one hour later; of one that it shows twice in October the first is meant.
std::chrono::sys_seconds moment_in_the_netherlands(std::chrono::year_month_day day,
                                                   std::chrono::seconds time_of_day);

}  // namespace raadspost::calendar
