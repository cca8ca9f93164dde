#include "core/calendar/sending_days.hpp"

#include "core/calendar/council_term.hpp"
#include "core/calendar/working_days.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::calendar;
using namespace std::chrono;

namespace {

const SendingDays office_hours{{hours{9}, hours{17}}};

Moment at(Day day, minutes time) {
    return office_hours.moment_of(day, time);
}

struct Case {
    const char* story;
    Day day;
    minutes time;
    Day expected_day;
    minutes expected_time;
    Closed closed;
};

const Case cases[] = {
    {"within the hours it is now", sys_days{2026y / 4 / 2}, 10h, sys_days{2026y / 4 / 2}, 10h, Closed::open},
    {"before the hours it is at their beginning", sys_days{2026y / 4 / 2}, 3h, sys_days{2026y / 4 / 2}, 9h,
     Closed::hours},
    {"after the hours it is tomorrow", sys_days{2026y / 4 / 1}, 17h, sys_days{2026y / 4 / 2}, 9h,
     Closed::hours},
    {"after Good Friday's hours Easter passes", sys_days{2026y / 4 / 3}, 18h, sys_days{2026y / 4 / 7}, 9h,
     Closed::hours},
    {"on Easter Monday it is Tuesday", sys_days{2026y / 4 / 6}, 10h, sys_days{2026y / 4 / 7}, 9h,
     Closed::holiday},
    {"on Saturday it is Monday", sys_days{2026y / 11 / 21}, 10h, sys_days{2026y / 11 / 23}, 9h,
     Closed::weekend},
    {"on a moved Koningsdag it is the day after the weekend", sys_days{2031y / 4 / 26}, 10h,
     sys_days{2031y / 4 / 28}, 9h, Closed::holiday},
    {"New Year's Eve leads into the new year", sys_days{2026y / 12 / 31}, 20h, sys_days{2027y / 1 / 4}, 9h,
     Closed::hours},
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_first_open_moment) {
    for (const Case& each : cases) BOOST_TEST_CONTEXT(each.story) {
            const Moment moment = at(each.day, each.time);
            BOOST_TEST((office_hours.first_open(moment) == at(each.expected_day, each.expected_time)));
            BOOST_TEST((office_hours.at(moment) == each.closed));
        }
}

// The table says what the rule says, on each hour of years with and without a leap day.
BOOST_AUTO_TEST_CASE(summer_time_by_table_and_by_rule) {
    for (sys_seconds moment = sys_days{2023y / 12 / 31}; moment < sys_days{2026y / 1 / 2}; moment += 30min) {
        const auto rounded = time_point_cast<Moment::duration>(moment);
        BOOST_REQUIRE((office_hours.day_of(rounded) == sys_days{day_in_the_netherlands(moment)}));
    }
    for (Day day = 2024y / 1 / 1; day < sys_days{2026y / 1 / 1}; day += days{1})
        for (const minutes time : {0min, 150min, 180min, 540min})
            BOOST_REQUIRE((at(day, time) == moment_in_the_netherlands(day, time)));
}

BOOST_AUTO_TEST_CASE(hours_that_end_before_they_begin_are_the_whole_day) {
    const SendingDays days{{hours{17}, hours{9}}};
    const Moment night = days.moment_of(sys_days{2026y / 4 / 2}, 3h);
    BOOST_TEST((days.first_open(night) == night));
}

BOOST_AUTO_TEST_CASE(any_day_means_any) {
    const SendingDays days{{0h, 24h, true}};
    const Moment christmas = days.moment_of(sys_days{2026y / 12 / 25}, 3h);
    BOOST_TEST((days.first_open(christmas) == christmas));
}

BOOST_AUTO_TEST_CASE(sending_days_leave_out_weekends_and_holidays) {
    // From Christmas Eve to the Monday after: Friday 25 and Saturday 26 December are holidays.
    BOOST_TEST(office_hours.sending_days_between(at(sys_days{2026y / 12 / 24}, 10h),
                                                 at(sys_days{2026y / 12 / 28}, 9h)) == 1);
    BOOST_TEST(office_hours.sending_days_between(at(sys_days{2026y / 12 / 28}, 10h),
                                                 at(sys_days{2026y / 12 / 24}, 9h)) == 0);
}

BOOST_AUTO_TEST_CASE(working_days_by_table_and_by_rule) {
    for (Day day = 2025y / 12 / 1; day < sys_days{2026y / 6 / 15}; day += days{1})
        for (const int count : {-25, -3, -1, 0, 1, 2, 10, 60})
            BOOST_REQUIRE((office_hours.add_working_days(day, count) == add_working_days(day, count)));
}
