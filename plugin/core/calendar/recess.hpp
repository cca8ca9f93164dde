// A recess: the weeks in which a council does not meet, such as the summer holidays. Councils fix their own;
// where one has told nothing, that of its school region counts. Data that people import, never computed. A
// value: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <string>

namespace raadspost::calendar {

struct Recess {
    std::string name;                  // "Zomerreces 2026"
    std::string region;                // "noord", "midden", "zuid"; empty: of one council, or of all
    std::string council;               // code; empty: of a region, or of all
    std::chrono::year_month_day from;  // first day
    std::chrono::year_month_day to;    // last day

    friend bool operator==(const Recess&, const Recess&) = default;
};

}  // namespace raadspost::calendar
