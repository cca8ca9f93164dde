#include "core/calendar/working_days.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>

using namespace std::chrono;
using namespace raadspost;

namespace {

struct DayCase {
    const char* name;
    year_month_day day;
    bool holiday, working;
};

const DayCase cases[] = {
    {"New Year's Day", 2026y / January / 1, true, false},
    {"Good Friday is no day off", 2026y / April / 3, false, true},
    {"Easter Sunday", 2026y / April / 5, true, false},
    {"Easter Monday", 2026y / April / 6, true, false},
    {"the Tuesday after it", 2026y / April / 7, false, true},
    {"King's Day on a Monday", 2026y / April / 27, true, false},
    {"King's Day on a Saturday stays", 2024y / April / 27, true, false},
    {"King's Day moves before a Sunday", 2025y / April / 26, true, false},
    {"and leaves the Sunday", 2025y / April / 27, false, false},
    {"King's Day moves again in 2031", 2031y / April / 26, true, false},
    {"Liberation Day in any year", 2027y / May / 5, true, false},
    {"Ascension Day", 2026y / May / 14, true, false},
    {"the Friday after it", 2026y / May / 15, false, true},
    {"Ascension Day on Liberation Day", 2016y / May / 5, true, false},
    {"Whit Monday", 2026y / May / 25, true, false},
    {"Boxing Day", 2025y / December / 26, true, false},
    {"New Year's Eve", 2026y / December / 31, false, true},
    {"a Saturday", 2026y / March / 21, false, false},
    {"the earliest Easter Monday of the century", 2008y / March / 24, true, false},
    {"the latest Easter Monday of the century", 2038y / April / 26, true, false},
};

}  // namespace

BOOST_AUTO_TEST_CASE(holidays_and_weekends_are_no_working_days) {
    for (const DayCase& each : cases) BOOST_TEST_CONTEXT(each.name) {
            BOOST_TEST(calendar::is_public_holiday(each.day) == each.holiday);
            BOOST_TEST(calendar::is_working_day(each.day) == each.working);
        }
}

BOOST_AUTO_TEST_CASE(the_list_of_a_year_and_the_question_for_a_day_agree) {
    for (year y = 2015y; y <= 2042y; ++y) {
        const auto holidays = calendar::public_holidays(y);
        BOOST_TEST(holidays.size() == 10u);
        BOOST_TEST((std::ranges::is_sorted(holidays, {}, &calendar::PublicHoliday::day)));
        std::set<sys_days> days_off;
        for (const auto& holiday : holidays) days_off.insert(holiday.day);
        for (sys_days day = y / January / 1; day <= sys_days{y / December / 31}; day += days{1})
            BOOST_TEST(calendar::is_public_holiday(day) == days_off.contains(day));
    }
}

BOOST_AUTO_TEST_CASE(working_days_are_counted_over_holidays_and_weekends) {
    const auto add = calendar::add_working_days;
    BOOST_TEST((add(2026y / April / 2, 2) == sys_days{2026y / April / 7}));  // Good Friday, then Tuesday
    BOOST_TEST((add(2026y / April / 7, -2) == sys_days{2026y / April / 2}));
    BOOST_TEST((add(2026y / April / 5, 0) == sys_days{2026y / April / 5}));
    BOOST_TEST((add(2027y / January / 1, 1) == sys_days{2027y / January / 4}));
    BOOST_TEST((add(2026y / December / 24, 1) == sys_days{2026y / December / 28}));
    BOOST_TEST((add(add(2026y / March / 18, 250), -250) == sys_days{2026y / March / 18}));
}

BOOST_AUTO_TEST_CASE(the_table_of_holidays_agrees) {
    std::ifstream in{RAADSPOST_SHARED_DIR "/data/kalender/feestdagen_nl_2025_2030.csv"};
    if (!in) {
        BOOST_TEST_MESSAGE("skipped: ../shared/data/kalender/feestdagen_nl_2025_2030.csv is absent");
        return;
    }
    std::set<std::string> expected, computed;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.find("geen algemene vrije dag") == std::string::npos) expected.insert(line);
    }
    for (year y = 2025y; y <= 2030y; ++y)
        for (const auto& holiday : calendar::public_holidays(y)) {
            const year_month_day day{holiday.day};
            char text[16];
            std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                          static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
            computed.insert(std::string{text} + "," + std::string{holiday.name});
        }
    BOOST_TEST(expected == computed, boost::test_tools::per_element());
}
