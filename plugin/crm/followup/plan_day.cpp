// plan_day.cpp - the host's calendar view of an appeal: one row for each day and step, with the number of
// dispatches. A list without a table, since a day of 342 entries would be an endless column.
#include "core/calendar/council_term.hpp"
#include "crm/entities.hpp"
#include "crm/opening.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <fmt/core.h>

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

// When a dispatch left or is to leave.
std::string moment_of(const std::string& dispatch) {
    return "coalesce(" + dispatch + ".sent_at, " + dispatch + ".due)";
}

// The Dutch clock differs from UTC by whole hours. Reckoning days is slow: it is done for hours, not for
// dispatches.
std::string hour_of(const std::string& moment) {
    if (engine() == Engine::postgresql) return "date_trunc('hour', " + moment + ")";
    return "substr(" + moment + ", 1, 13) || ':00:00'";
}

std::string query() {
    const std::string moment = moment_of("d");
    const auto number = [](const char* states) {
        return std::string{"sum(case when d.state in ("} + states + ") then 1 else 0 end)";
    };
    const std::string by_hour =
        "select min(d.id) as id, min(d.create_uid) as create_uid, min(d.create_date) as create_date, "
        "max(d.write_date) as write_date, d.appeal as appeal, d.step as step, " +
        hour_of(moment) + " as hour, count(*) as number, " +
        number("'planned', 'released', 'claimed', 'deferred'") + " as planned, " + number("'held'") +
        " as waits, " + number("'sent', 'delivered'") + " as sent, " +
        number("'refused', 'uncertain', 'bounced'") +
        " as trouble from raadspost_dispatch d where d.state <> 'cancelled' and " + moment +
        " is not null group by d.appeal, d.step, " + hour_of(moment);
    const std::string day = dutch_day("h.hour");
    // A dispatch belongs to one day and step: the first one's id stands for them.
    return "select q.*, q.step_name || ': ' || q.number as name, case when q.trouble > 0 then '#b03a2e' "
           "when q.waits > 0 then '#b9770e' when q.planned > 0 then '#267f82' else '#5d6d7e' end as colour "
           "from ("
           "select min(h.id) as id, min(h.create_uid) as create_uid, min(h.create_date) as create_date, "
           "cast(null as integer) as write_uid, max(h.write_date) as write_date, h.appeal as appeal, h.step "
           "as step, min(s.name) as step_name, " +
           day +
           " as day, cast(sum(h.number) as integer) as number, cast(sum(h.planned) as integer) as planned, "
           "cast(sum(h.waits) as integer) as waits, cast(sum(h.sent) as integer) as sent, "
           "cast(sum(h.trouble) as integer) as trouble from (" +
           by_hour + ") h join raadspost_step s on s.id = h.step group by h.appeal, h.step, " + day + ") q";
}

// More would be too long to read, and to send to a browser; a button opens all.
constexpr std::int64_t most_listed = 500;

Values first_dispatches(const Ids& days) {
    Values found;
    for (const Id day : days) {
        List dispatches;
        for (const auto& [dispatch] : Rows<Id>{
                 "select o.id from raadspost_dispatch d join raadspost_dispatch o on o.appeal = d.appeal "
                 "and o.step = d.step and o.state <> 'cancelled' and " +
                     dutch_day(moment_of("o")) + " = " + dutch_day(moment_of("d")) +
                     " where d.id = {} order by o.id limit {}",
                 day, most_listed})
            dispatches.emplace_back(dispatch);
        found[day] = std::move(dispatches);
    }
    return found;
}

std::string as_pyson(std::chrono::sys_seconds moment) {
    using namespace std::chrono;
    const auto day = floor<days>(moment);
    const year_month_day date{day};
    const hh_mm_ss time{moment - day};
    return fmt::format(
        "{{\"__class__\": \"DateTime\", \"y\": {}, \"M\": {}, \"d\": {}, \"h\": {}, \"m\": {}, \"s\": {}, "
        "\"ms\": 0, "
        "\"dy\": 0, \"dM\": 0, \"dd\": 0, \"dh\": 0, \"dm\": 0, \"ds\": 0, \"dms\": 0, \"start\": null}}",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        time.hours().count(), time.minutes().count(), time.seconds().count());
}

// Refines the action to all dispatches of the day that it was opened on.
Dict of_the_day(Session& session, Dict& action) {
    const Record row{"raadspost.plan.day", session.active_ids().front()};
    const Date day = row.at<Date>("day");
    const Date next{std::chrono::sys_days{day} + std::chrono::days{1}};
    const std::string from = as_pyson(calendar::moment_in_the_netherlands(day, {}));
    const std::string to = as_pyson(calendar::moment_in_the_netherlands(next, {}));
    const auto within = [&](const char* field) {
        return fmt::format("[\"{0}\", \">=\", {1}], [\"{0}\", \"<\", {2}]", field, from, to);
    };
    action["pyson_domain"] = fmt::format(
        "[[\"step\", \"=\", {}], [\"state\", \"!=\", \"cancelled\"], [\"OR\", [{}], [[\"sent_at\", "
        "\"=\", null], {}]]]",
        row.at<Id>("step"), within("sent_at"), within("due"));
    return {};
}

}  // namespace

Wizard dispatches_of_day() {
    return Wizard{"raadspost.plan.day.dispatches"}.start("open").action(
        "open", "raadspost.act_dispatch_of_day", of_the_day);
}

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
        .field(Char{"colour", "Colour"})
        .field(
            Function{One2Many{"dispatches", "raadspost.dispatch", "", "First Dispatches"}, first_dispatches}
                .option("field", {}))
        .button("open_dispatches", opening("wizard_dispatches_of_day"));
}

}  // namespace raadspost::crm
