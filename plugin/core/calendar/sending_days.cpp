#include "core/calendar/sending_days.hpp"

#include "core/calendar/council_term.hpp"
#include "core/calendar/working_days.hpp"

#include <vector>

namespace raadspost::calendar {

using namespace std::chrono;

namespace {

constexpr minutes whole_day{24 * 60};
constexpr Day first_day{1999y / December / 31}, end_of_table{2100y / January / 1};

// Hours ahead of UTC, asked of the one place that knows the rule.
std::uint8_t hours_ahead(sys_seconds moment) {
    const sys_seconds in_summer = moment + hours{2};
    const auto day = floor<days>(in_summer);
    return moment_in_the_netherlands(day, in_summer - day) == moment ? 2 : 1;
}

}  // namespace

struct SendingDays::About {
    Closed closed = Closed::open;                            // weekend or holiday, else open
    std::uint8_t days_to_open = 0;                           // 0: itself
    std::uint8_t hours_before_one = 1, hours_after_one = 1;  // ahead of UTC, before and after 01:00 UTC
    std::int32_t working_days = 0;                           // from the table's first day up to this one
};

struct SendingDays::Table {
    std::vector<About> days;
    std::vector<Day> working_days;  // in order
};

// The calendar is the same for all; made by the first who asks.
const SendingDays::Table& SendingDays::table() {
    static const Table a_century = [] {
        Table made;
        made.days.resize(static_cast<std::size_t>((end_of_table - first_day).count()));
        std::uint8_t to_open = 0;
        for (std::size_t i = made.days.size(); i-- > 0;) {
            const Day day = first_day + days{i};
            About& each = made.days[i];
            each.hours_before_one = hours_ahead(day);
            each.hours_after_one = hours_ahead(day + hours{1});
            if (!is_working_day(day))
                each.closed = is_public_holiday(day) ? Closed::holiday : Closed::weekend;
            to_open = each.closed == Closed::open ? std::uint8_t{0} : static_cast<std::uint8_t>(to_open + 1);
            each.days_to_open = to_open;
        }
        for (std::size_t i = 0; i < made.days.size(); ++i) {
            if (made.days[i].closed == Closed::open) made.working_days.push_back(first_day + days{i});
            made.days[i].working_days = static_cast<std::int32_t>(made.working_days.size());
        }
        return made;
    }();
    return a_century;
}

const SendingDays::About* SendingDays::about(Day day) const {
    if (day < first_day || day >= end_of_table) return nullptr;
    return &table_.days[static_cast<std::size_t>((day - first_day).count())];
}

SendingDays::SendingDays(const SendingHours& hours) : hours_{hours}, table_{table()} {
    if (hours_.until <= hours_.from) hours_.from = minutes{0}, hours_.until = whole_day;
}

minutes SendingDays::offset_at(Moment moment) const {
    const Day day = floor<days>(moment);
    const About* known = about(day);
    if (!known) return minutes{60};
    return hours{moment - day < minutes{60} ? known->hours_before_one : known->hours_after_one};
}

Day SendingDays::day_of(Moment moment) const {
    return floor<days>(moment + offset_at(moment));
}

Moment SendingDays::moment_of(Day day, minutes time_of_day) const {
    const Moment as_if_utc = time_point_cast<Moment::duration>(day + time_of_day);
    const Moment in_summer = as_if_utc - Moment::duration{120};
    return offset_at(in_summer) == minutes{120} ? in_summer : as_if_utc - Moment::duration{60};
}

bool SendingDays::is_sending_day(Day day) const {
    const About* known = about(day);
    return hours_.any_day || !known || known->closed == Closed::open;
}

Closed SendingDays::at(Moment moment) const {
    const Day day = day_of(moment);
    if (!is_sending_day(day)) return about(day)->closed;
    return moment < moment_of(day, hours_.from) ||
                   (hours_.until < whole_day && moment >= moment_of(day, hours_.until))
               ? Closed::hours
               : Closed::open;
}

Moment SendingDays::first_open(Moment moment) const {
    const Day day = day_of(moment);
    if (is_sending_day(day)) {
        const Moment opens = opening_of(day);
        if (moment <= opens) return opens;
        if (hours_.until >= whole_day || moment < moment_of(day, hours_.until)) return moment;
    }
    const Day next = day + days{1};
    const About* known = about(next);
    return opening_of(hours_.any_day || !known ? next : next + days{known->days_to_open});
}

std::int32_t SendingDays::sending_days_between(Moment from, Moment to) const {
    const Day begin = day_of(from), end = day_of(to);
    if (end <= begin) return 0;
    const About *known_begin = about(begin), *known_end = about(end);
    if (hours_.any_day || !known_begin || !known_end) return static_cast<std::int32_t>((end - begin).count());
    return known_end->working_days - known_begin->working_days;
}

Day SendingDays::add_working_days(Day day, std::int32_t count) const {
    const About* known = about(day);
    if (count == 0 || !known) return calendar::add_working_days(day, count);
    const bool itself = known->closed == Closed::open;
    const std::int32_t place =
        known->working_days + count - (count > 0 || !itself ? 0 : 1) - (count > 0 ? 1 : 0);
    const auto& all = table_.working_days;
    if (place < 0 || static_cast<std::size_t>(place) >= all.size())
        return calendar::add_working_days(day, count);
    return all[static_cast<std::size_t>(place)];
}

}  // namespace raadspost::calendar
