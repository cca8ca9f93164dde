// When mail may leave: on working days, inside the sending hours, by the clock of the Netherlands. Answers
// "the first such moment at or after this one" by a table made once, because a planner asks it millions of
// times. What closes a single council (the silence before its election, a recess) is not known here.
// Immutable after construction: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstdint>

namespace raadspost::calendar {

// Whole minutes since 1970, UTC: what is planned needs no seconds, and half the room.
using Moment = std::chrono::sys_time<std::chrono::duration<std::int32_t, std::ratio<60>>>;
using Day = std::chrono::sys_days;

// Times of day in the Netherlands. A window that ends where it begins, or before, is the whole day.
struct SendingHours {
    std::chrono::minutes from{0};
    std::chrono::minutes until{24 * 60};
    bool any_day = false;  // also at weekends and on public holidays
};

enum class Closed : std::uint8_t { open, hours, weekend, holiday };  // why mail may not leave at a moment

class SendingDays {
public:
    explicit SendingDays(const SendingHours& hours);

    [[nodiscard]] Closed at(Moment moment) const;
    [[nodiscard]] bool is_sending_day(Day day) const;
    // `moment` itself where that is open. Days beyond 2099 count as open: nobody plans that far.
    [[nodiscard]] Moment first_open(Moment moment) const;
    [[nodiscard]] Moment opening_of(Day day) const { return moment_of(day, hours_.from); }
    // How many sending days begin after the day of `from` and up to that of `to`; 0 when `to` is earlier.
    [[nodiscard]] std::int32_t sending_days_between(Moment from, Moment to) const;

    // As calendar::add_working_days, by table.
    [[nodiscard]] Day add_working_days(Day day, std::int32_t count) const;

    // The calendar of the Netherlands, summer time and all (see council_term.hpp).
    [[nodiscard]] Day day_of(Moment moment) const;
    [[nodiscard]] Moment moment_of(Day day, std::chrono::minutes time_of_day) const;

private:
    struct About;  // a day
    struct Table;
    static const Table& table();
    [[nodiscard]] const About* about(Day day) const;  // null beyond the table
    [[nodiscard]] std::chrono::minutes offset_at(Moment moment) const;

    SendingHours hours_;
    const Table& table_;
};

}  // namespace raadspost::calendar
