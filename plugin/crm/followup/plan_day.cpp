// plan_day.cpp - the host's calendar view of an appeal: one row for each day and step, with the number of
// dispatches. A list without a table, since a day of 342 entries would be an endless column.
#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// The day in the Netherlands. SQLite knows no time zones: summer time runs between the last Sundays of March
// and October, 01:00 UTC.
std::string dutch_day(const std::string& moment) {
    if (engine() == Engine::postgresql)
        return "cast(" + moment + " at time zone 'UTC' at time zone 'Europe/Amsterdam' as date)";
    const auto last_sunday = [&](const char* month_after) {
        return "datetime(strftime('%Y', " + moment + ") || '" + month_after +
               "', 'weekday 0', '-7 days', '+1 hour')";
    };
    return "date(" + moment + ", case when datetime(" + moment + ") >= " + last_sunday("-04-01") +
           " and datetime(" + moment + ") < " + last_sunday("-11-01") +
           " then '+2 hours' else '+1 hour' end)";
}

std::string query() {
    const std::string moment = "coalesce(d.sent_at, d.due)";
    const std::string day = dutch_day(moment);
    const auto number = [](const char* states) {
        return std::string{"sum(case when d.state in ("} + states + ") then 1 else 0 end)";
    };
    // A dispatch belongs to one day and step: the first one's id stands for them.
    return "select q.*, q.step_name || ': ' || q.number as name, case when q.trouble > 0 then '#b03a2e' "
           "when q.waits > 0 then '#b9770e' when q.planned > 0 then '#267f82' else '#5d6d7e' end as colour "
           "from ("
           "select min(d.id) as id, min(d.create_uid) as create_uid, min(d.create_date) as create_date, "
           "cast(null as integer) as write_uid, max(d.write_date) as write_date, d.appeal as appeal, d.step "
           "as step, "
           "min(s.name) as step_name, " +
           day + " as day, count(*) as number, " + number("'planned', 'released', 'claimed', 'deferred'") +
           " as planned, " + number("'held'") + " as waits, " + number("'sent', 'delivered'") + " as sent, " +
           number("'refused', 'uncertain', 'bounced'") +
           " as trouble from raadspost_dispatch d join raadspost_step s on s.id = d.step "
           "where d.state <> 'cancelled' and " +
           moment + " is not null group by d.appeal, d.step, " + day + ") q";
}

}  // namespace

Model plan_day() {
    return Model{"raadspost.plan.day", "Day of the Plan"}
        .stored()
        .shown()
        .ordered_by("day")
        .named_by("name")
        .from_query(query)
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"})
        .field(Many2One{"step", "raadspost.step", "Step"})
        // SQLite tells the type of a computed column only where it is read by itself.
        .field(DateField{"day", "Day"}.option("loading", "lazy"))
        .field(Char{"name", "Name"})
        .field(Integer{"number", "Dispatches"})
        .field(Integer{"planned", "Planned"})
        .field(Integer{"waits", "Wait"})
        .field(Integer{"sent", "Sent"})
        .field(Integer{"trouble", "To Be Looked At"})
        .field(Char{"colour", "Colour"});
}

}  // namespace raadspost::crm
