#include "core/calendar/election_days.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <string>

using namespace std::chrono;
using namespace raadspost;

namespace {

struct ElectionCase {
    const char* name;
    calendar::ElectionDays computed;
    year_month_day nomination_day, voting_day, result_day, installation_day;
};

const ElectionCase elections[] = {
    {"2018, by the older rule", calendar::regular_election(2018y), 2018y / February / 5, 2018y / March / 21,
     2018y / March / 23, 2018y / March / 29},
    {"2022", calendar::regular_election(2022y), 2022y / January / 31, 2022y / March / 16, 2022y / March / 21,
     2022y / March / 30},
    {"2026", calendar::regular_election(2026y), 2026y / February / 2, 2026y / March / 18, 2026y / March / 26,
     2026y / April / 1},
    {"2030", calendar::regular_election(2030y), 2030y / February / 4, 2030y / March / 20, 2030y / March / 28,
     2030y / April / 3},
    {"2034, the earliest days", calendar::regular_election(2034y), 2034y / January / 30, 2034y / March / 15,
     2034y / March / 23, 2034y / March / 29},
    {"2038", calendar::regular_election(2038y), 2038y / February / 1, 2038y / March / 17, 2038y / March / 25,
     2038y / March / 31},
    {"2042", calendar::regular_election(2042y), 2042y / February / 3, 2042y / March / 19, 2042y / March / 27,
     2042y / April / 2},
    {"reorganisation of 2021", calendar::reorganisation_election(2020y), 2020y / October / 5,
     2020y / November / 18, 2020y / November / 23, 2021y / January / 4},
    {"reorganisation of 2022", calendar::reorganisation_election(2021y), 2021y / October / 11,
     2021y / November / 24, 2021y / November / 29, 2022y / January / 3},
    {"reorganisation of 2023", calendar::reorganisation_election(2022y), 2022y / October / 10,
     2022y / November / 23, 2022y / November / 28, 2023y / January / 2},
    {"reorganisation of 2027", calendar::reorganisation_election(2026y), 2026y / October / 5,
     2026y / November / 18, 2026y / November / 26, 2027y / January / 4},
};

bool stands(std::string_view council, year_month_day voting_day, calendar::ElectionException::Kind kind) {
    return std::ranges::any_of(calendar::election_exceptions(), [&](const auto& each) {
        return each.council == council && each.voting_day == voting_day && each.kind == kind;
    });
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_law_gives_the_days_of_an_election) {
    for (const ElectionCase& each : elections) BOOST_TEST_CONTEXT(each.name) {
            BOOST_TEST((each.computed.nomination_day == each.nomination_day));
            BOOST_TEST((each.computed.voting_day == each.voting_day));
            BOOST_TEST((each.computed.result_day == each.result_day));
            BOOST_TEST((each.computed.installation_day == each.installation_day));
            BOOST_TEST(!each.computed.article.empty());
        }
}

// "Eight days after voting" holds in no regular year but by chance: the law names a week of its own.
BOOST_AUTO_TEST_CASE(councils_come_in_on_a_wednesday_from_29_march_to_4_april) {
    for (year y = 2022y; y <= 2042y; y += years{4}) {
        const auto days_of = calendar::regular_election(y);
        const sys_days installation = days_of.installation_day;
        BOOST_TEST((weekday{installation} == Wednesday));
        BOOST_TEST((installation >= sys_days{y / March / 29} && installation <= sys_days{y / April / 4}));
        BOOST_TEST((sys_days{days_of.voting_day} - sys_days{days_of.nomination_day} == days{44}));
        BOOST_TEST((installation - sys_days{days_of.voting_day} == days{14}));
        BOOST_TEST(calendar::is_regular_year(y));
        BOOST_TEST(!calendar::is_regular_year(y + years{1}));
        BOOST_TEST(!calendar::is_regular_year(y + years{2}));
    }
}

BOOST_AUTO_TEST_CASE(exceptions_are_data) {
    using Kind = calendar::ElectionException::Kind;
    BOOST_TEST(stands("GM0402", 2026y / March / 18, Kind::did_not_vote));
    BOOST_TEST(stands("GM1696", 2026y / March / 18, Kind::did_not_vote));
    BOOST_TEST(!stands("GM0397", 2026y / March / 18, Kind::did_not_vote));
    for (const auto& each : calendar::election_exceptions()) {
        BOOST_TEST_CONTEXT(each.council) {
            const year y = each.voting_day.year();
            BOOST_TEST(calendar::is_regular_year(y));
            BOOST_TEST((each.voting_day == calendar::regular_election(y).voting_day));
            BOOST_TEST((each.installed_on.has_value() == (each.kind == Kind::installed_on)));
        }
    }
    const auto amsterdam =
        std::ranges::find(calendar::election_exceptions(), "GM0363", &calendar::ElectionException::council);
    BOOST_REQUIRE((amsterdam != calendar::election_exceptions().end()));
    BOOST_TEST((amsterdam->installed_on == 2022y / March / 24));
}

// Whoever votes for a reorganisation between two regular elections leaves one of the two out.
BOOST_AUTO_TEST_CASE(a_reorganised_council_skips_a_regular_election) {
    for (const auto& each : calendar::reorganisations()) {
        BOOST_TEST_CONTEXT(each.council) {
            const bool any = std::ranges::any_of(calendar::election_exceptions(), [&](const auto& exception) {
                const auto apart = exception.voting_day.year() - each.year;
                return exception.council == each.council && apart >= years{-1} && apart <= years{3};
            });
            BOOST_TEST(any);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_calendar_of_elections_agrees) {
    std::ifstream in{RAADSPOST_SHARED_DIR "/data/kalender/verkiezingskalender.csv"};
    if (!in) {
        BOOST_TEST_MESSAGE("skipped: ../shared/data/kalender/verkiezingskalender.csv is absent");
        return;
    }
    const auto says = [](const year_month_day& day, std::string_view election, std::string_view event) {
        return std::to_string(static_cast<int>(day.year())) + (day.month() < October ? "-0" : "-") +
               std::to_string(static_cast<unsigned>(day.month())) +
               (static_cast<unsigned>(day.day()) < 10 ? "-0" : "-") +
               std::to_string(static_cast<unsigned>(day.day())) + "," + std::string{election} + "," +
               std::string{event};
    };
    const auto of_2026 = calendar::regular_election(2026y), of_2030 = calendar::regular_election(2030y);
    const auto november = calendar::reorganisation_election(2026y);
    const std::string expected[] = {
        says(of_2026.nomination_day, "GR2026", "dag van kandidaatstelling"),
        says(of_2026.voting_day, "GR2026", "dag van stemming"),
        says(of_2026.result_day, "GR2026", "vaststelling uitslag"),
        says(of_2026.installation_day, "GR2026", "\"aftreden oude raad"),
        says(november.nomination_day, "HER2026 Hilversum", "kandidaatstelling"),
        says(november.voting_day, "HER2026 Hilversum", "stemming"),
        says(november.installation_day, "HER2026 Hilversum", "eerste vergadering"),
        says(of_2030.nomination_day, "GR2030", "kandidaatstelling"),
        says(of_2030.voting_day, "GR2030", "dag van stemming"),
        says(of_2030.installation_day, "GR2030", "installatie"),
    };
    std::string whole{std::istreambuf_iterator<char>{in}, {}};
    for (const auto& line : expected) BOOST_TEST((whole.find(line) != std::string::npos), line);
}
