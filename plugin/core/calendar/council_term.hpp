// The term of municipal councils and the days around it, as the law has them for regular elections: every
// four years, voting on the Wednesday of 15 to 21 March (Kieswet F 1 with J 1: the 44th day after
// nomination), the old councils resign together on the Wednesday of 29 March to 4 April (Kieswet C 4).
// Reorganisation elections have days of their own and are not here. Pure functions over dates: safe on any
// thread.
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

// Midnight or another time of that day in the Netherlands as a moment. A time that the clock skips in March
// counts as one hour later; of one that it shows twice in October the first is meant.
std::chrono::sys_seconds moment_in_the_netherlands(std::chrono::year_month_day day,
                                                   std::chrono::seconds time_of_day);

}  // namespace raadspost::calendar
