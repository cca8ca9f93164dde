#include "core/calendar/council_term.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono;
using namespace raadspost;

namespace {

struct TermCase {
    const char* name;
    year_month_day day;
    const char* term;
    year_month_day voting_day;
};

const TermCase terms[] = {
    {"day before the change of 2026", 2026y / March / 31, "2022-2026", 2022y / March / 16},
    {"day of the change of 2026", 2026y / April / 1, "2026-2030", 2026y / March / 18},
    {"in the midst of a term", 2028y / February / 29, "2026-2030", 2026y / March / 18},
    {"day before the change of 2030", 2030y / April / 2, "2026-2030", 2026y / March / 18},
    {"day of the change of 2030", 2030y / April / 3, "2030-2034", 2030y / March / 20},
    {"change on 29 March", 2034y / March / 29, "2034-2038", 2034y / March / 15},
};

struct ClockCase {
    const char* name;
    sys_seconds utc;
    year_month_day day;
};

const ClockCase clocks[] = {
    {"winter, an hour before midnight", sys_days{2026y / January / 10} + 22h + 59min, 2026y / January / 10},
    {"winter, midnight", sys_days{2026y / January / 10} + 23h, 2026y / January / 11},
    {"summer, midnight", sys_days{2026y / July / 10} + 22h, 2026y / July / 11},
    {"night of the change to winter time", sys_days{2026y / October / 25} + 22h + 30min,
     2026y / October / 25},
};

}  // namespace

BOOST_AUTO_TEST_CASE(councils_resign_together_in_the_week_after_29_march) {
    for (const TermCase& each : terms) {
        BOOST_TEST_CONTEXT(each.name) {
            const calendar::CouncilTerm term = calendar::council_term(each.day);
            BOOST_TEST(term.name() == each.term);
            BOOST_TEST((term.voting_day == each.voting_day));
            BOOST_TEST((calendar::next_term(term).installation_day == term.ends_on));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_moment_lies_on_a_dutch_calendar_day) {
    for (const ClockCase& each : clocks) BOOST_TEST_CONTEXT(each.name) {
            BOOST_TEST((calendar::day_in_the_netherlands(each.utc) == each.day));
        }
}

BOOST_AUTO_TEST_CASE(a_dutch_time_of_day_is_a_moment) {
    const auto at = [](year_month_day day, seconds time) {
        return calendar::moment_in_the_netherlands(day, time);
    };
    BOOST_TEST((at(2026y / January / 10, 9h) == sys_days{2026y / January / 10} + 8h));
    BOOST_TEST((at(2026y / July / 10, 9h) == sys_days{2026y / July / 10} + 7h));
    BOOST_TEST((at(2026y / March / 29, 2h + 30min) == sys_days{2026y / March / 29} + 1h + 30min));
    BOOST_TEST((at(2026y / October / 25, 2h + 30min) == sys_days{2026y / October / 25} + 30min));
    BOOST_TEST((at(2026y / October / 25, 3h) == sys_days{2026y / October / 25} + 2h));
    for (const auto& [day, time] : {std::pair{2026y / January / 10, 9h + 0min},
                                    {2026y / July / 10, 0h + 30min},
                                    {2026y / March / 29, 3h + 30min},
                                    {2026y / October / 25, 2h + 30min}})
        BOOST_TEST((calendar::time_in_the_netherlands(at(day, time)) == time));
}
