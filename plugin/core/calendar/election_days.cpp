#include "core/calendar/election_days.hpp"

#include "core/calendar/working_days.hpp"

#include <array>

namespace raadspost::calendar {

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr days nomination_to_voting{44};

year_month_day first(weekday wanted, year_month_day from) {
    const sys_days start{from};
    return sys_days{start + (wanted - weekday{start})};
}

// The session was on the second day after voting until 2018, on the fifth until the law of 2023 on the way in
// which results are fixed, and is on the eighth since.
days voting_to_result(year y) {
    if (y <= 2018y) return days{2};
    return y <= 2022y ? days{5} : days{8};
}

ElectionDays nominated_on(year_month_day nomination_day) {
    const sys_days voting_day = sys_days{nomination_day} + nomination_to_voting;
    return {nomination_day, voting_day, voting_day + voting_to_result(nomination_day.year()), {}, {}};
}

constexpr auto did_not_vote = ElectionException::Kind::did_not_vote;
constexpr auto installed_on = ElectionException::Kind::installed_on;
constexpr year_month_day march_2018 = 2018y / March / 21;
constexpr year_month_day march_2022 = 2022y / March / 16;
constexpr year_month_day march_2026 = 2026y / March / 18;

constexpr ElectionException skipped(std::string_view council, year_month_day voting_day) {
    return {council, voting_day, did_not_vote, std::nullopt};
}

constexpr std::array exceptions = {
    // Voted in November 2015, 2016 or 2017 already.
    skipped("GM0385", march_2018),
    skipped("GM1948", march_2018),
    skipped("GM0080", march_2018),
    skipped("GM0299", march_2018),
    skipped("GM1900", march_2018),
    skipped("GM1949", march_2018),
    skipped("GM1950", march_2018),
    skipped("GM1952", march_2018),
    // Waited for November 2018.
    skipped("GM0014", march_2018),
    skipped("GM0394", march_2018),
    skipped("GM0575", march_2018),
    skipped("GM1954", march_2018),
    skipped("GM1959", march_2018),
    skipped("GM1960", march_2018),
    skipped("GM1961", march_2018),
    skipped("GM1963", march_2018),
    skipped("GM1966", march_2018),
    skipped("GM1969", march_2018),
    skipped("GM1970", march_2018),
    skipped("GM1978", march_2018),
    // Came into being after it.
    skipped("GM1979", march_2018),
    skipped("GM1980", march_2018),
    skipped("GM1982", march_2018),
    skipped("GM1991", march_2018),
    skipped("GM1992", march_2018),
    // Voted in November 2020 or 2021 already.
    skipped("GM0439", march_2022),
    skipped("GM0757", march_2022),
    skipped("GM0824", march_2022),
    skipped("GM0865", march_2022),
    skipped("GM1979", march_2022),
    skipped("GM1980", march_2022),
    skipped("GM1982", march_2022),
    skipped("GM1991", march_2022),
    // Went into Voorne aan Zee, which voted in November 2022, or into Amsterdam, where Weesp voted along.
    skipped("GM0501", march_2022),
    skipped("GM0530", march_2022),
    skipped("GM0614", march_2022),
    skipped("GM1992", march_2022),
    skipped("GM0457", march_2022),
    ElectionException{"GM0363", march_2022, installed_on, 2022y / March / 24},
    // Wait for November 2026.
    skipped("GM0402", march_2026),
    skipped("GM1696", march_2026),
};

constexpr std::array<Reorganisation, 31> all_reorganisations = {{
    {2015y, "GM0385"}, {2016y, "GM1948"}, {2017y, "GM0080"}, {2017y, "GM0299"}, {2017y, "GM1900"},
    {2017y, "GM1949"}, {2017y, "GM1950"}, {2017y, "GM1952"}, {2018y, "GM0014"}, {2018y, "GM0394"},
    {2018y, "GM0575"}, {2018y, "GM1954"}, {2018y, "GM1959"}, {2018y, "GM1960"}, {2018y, "GM1961"},
    {2018y, "GM1963"}, {2018y, "GM1966"}, {2018y, "GM1969"}, {2018y, "GM1970"}, {2018y, "GM1978"},
    {2020y, "GM0757"}, {2020y, "GM0824"}, {2020y, "GM0865"}, {2020y, "GM1979"}, {2021y, "GM0439"},
    {2021y, "GM1980"}, {2021y, "GM1982"}, {2021y, "GM1991"}, {2022y, "GM1992"}, {2026y, "GM0402"},
    {2026y, "GM1696"},
}};

}  // namespace

bool is_regular_year(year y) {
    return (static_cast<int>(y) - 2) % 4 == 0;
}

ElectionDays regular_election(year y) {
    ElectionDays days_of = nominated_on(first(Monday, y.is_leap() ? y / January / 31 : y / January / 30));
    const bool older = y <= 2018y;
    days_of.installation_day = older ? first(Thursday, y / March / 23) : first(Wednesday, y / March / 29);
    days_of.article = older ? "Kieswet F 1, J 1, P 20, C 4 (2018)" : "Kieswet F 1, J 1, P 20, C 4";
    return days_of;
}

ElectionDays reorganisation_election(year y) {
    ElectionDays days_of = nominated_on(first(Monday, y / October / 5));
    const sys_days new_year = (y + years{1}) / January / 1;
    days_of.installation_day = add_working_days(new_year, 1);
    days_of.article = "Wet arhi 55(2), 56; Kieswet P 20";
    return days_of;
}

std::span<const ElectionException> election_exceptions() {
    return exceptions;
}

std::span<const Reorganisation> reorganisations() {
    return all_reorganisations;
}

}  // namespace raadspost::calendar
