#include "core/calendar/council_term.hpp"

#include "core/calendar/election_days.hpp"

namespace raadspost::calendar {

using namespace std::chrono;

namespace {

CouncilTerm term_from(year y) {
    const ElectionDays days_of = regular_election(y);
    return {days_of.voting_day, days_of.installation_day, regular_election(y + years{4}).installation_day};
}

sys_seconds last_sunday(year y, month m) {
    return sys_days{y / m / Sunday[last]} + hours{1};
}

hours offset_of(sys_seconds moment) {
    const year y = year_month_day{floor<days>(moment)}.year();
    const bool summer = moment >= last_sunday(y, March) && moment < last_sunday(y, October);
    return hours{summer ? 2 : 1};
}

}  // namespace

std::string CouncilTerm::name() const {
    return std::to_string(static_cast<int>(installation_day.year())) + "-" +
           std::to_string(static_cast<int>(ends_on.year()));
}

CouncilTerm council_term(year_month_day day) {
    const int past = (static_cast<int>(day.year()) - 2) % 4;  // 2022, 2026, 2030, ...
    const year y = day.year() - years{past};
    const sys_days change = regular_election(y).installation_day;
    return sys_days{day} < change ? term_from(y - years{4}) : term_from(y);
}

CouncilTerm next_term(const CouncilTerm& term) {
    return term_from(term.ends_on.year());
}

year_month_day day_in_the_netherlands(sys_seconds moment) {
    return floor<days>(moment + offset_of(moment));
}

seconds time_in_the_netherlands(sys_seconds moment) {
    const sys_seconds shown = moment + offset_of(moment);
    return shown - floor<days>(shown);
}

sys_seconds moment_in_the_netherlands(year_month_day day, seconds time_of_day) {
    const sys_seconds as_if_utc = sys_days{day} + time_of_day;
    const sys_seconds in_summer = as_if_utc - hours{2};
    return offset_of(in_summer) == hours{2} ? in_summer : as_if_utc - hours{1};
}

}  // namespace raadspost::calendar
