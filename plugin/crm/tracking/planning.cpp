#include "crm/tracking/planning.hpp"

#include "core/calendar/council_term.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

DateTime now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// The appeal's first step and when its dispatches may leave.
struct FirstStep {
    Id id = 0;
    DateTime due;
};

FirstStep first_step(Id appeal) {
    const Rows<Id, std::optional<Date>, std::optional<DateTime>> rows{
        "select s.id, s.due, a.starts_at from raadspost_step s join raadspost_appeal a on a.id = s.appeal "
        "where s.appeal = {} order by s.sequence, s.id limit 1",
        appeal};
    if (rows.empty()) throw UserError{"msg_appeal_no_step"};
    const auto& [id, due, starts_at] = rows.front();
    DateTime earliest = starts_at.value_or(now());
    if (due) earliest = std::max(earliest, DateTime{calendar::moment_in_the_netherlands(*due, {})});
    return {id, earliest};
}

constexpr std::string_view gets_a_dispatch = "r.reason in ('', 'unconfirmed', 'gap')";

PlanCounts count(Id appeal, Id step) {
    PlanCounts counts;
    for (const auto& [reason, number] : Rows<std::string, std::int64_t>{
             "select r.reason, count(*) from (" + recipients_query(appeal) + ") r group by r.reason"})
        counts.councils += number;
    for (const auto& [state, mailboxes, councils] : Rows<std::string, std::int64_t, std::int64_t>{
             "select d.state, count(distinct d.id), count(l.id) from raadspost_dispatch d "
             "join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
             "where d.appeal = {} and d.step = {} group by d.state",
             appeal, step}) {
        if (state == "cancelled") continue;
        counts.addressed += councils;
        (state == "held" ? counts.held : counts.mailboxes) += mailboxes;
    }
    counts.without = counts.councils - counts.addressed;
    return counts;
}

// To the griffie's present mailbox; where that has become another office's, that one has it. What was made
// for the former one is made anew.
std::string following_the_griffie(const std::string& which) {
    return "update raadspost_dispatch set mailbox = (select g.mailbox from raadspost_griffie g "
           "where g.id = raadspost_dispatch.griffie), bytes_file = null, write_date = {} where " +
           which +
           " and exists (select 1 from raadspost_griffie g where g.id = raadspost_dispatch.griffie "
           "and g.mailbox <> '' and g.mailbox <> raadspost_dispatch.mailbox and not exists ("
           "select 1 from raadspost_dispatch o where o.appeal = raadspost_dispatch.appeal "
           "and o.step = raadspost_dispatch.step and o.occurrence = raadspost_dispatch.occurrence "
           "and o.mailbox = g.mailbox) and not exists (select 1 from raadspost_dispatch o "
           "join raadspost_griffie og on og.id = o.griffie where o.appeal = raadspost_dispatch.appeal "
           "and o.step = raadspost_dispatch.step and o.occurrence = raadspost_dispatch.occurrence "
           "and o.id < raadspost_dispatch.id and og.mailbox = g.mailbox))";
}

}  // namespace

PlanCounts plan_first_step(Id appeal) {
    const FirstStep step = first_step(appeal);
    const DateTime time = now();
    const Id user = current_user();
    const std::string period = council_period(std::chrono::floor<std::chrono::days>(time));
    // Computed once by itself: PostgreSQL has no idea how many recipients there are, guesses one, and would
    // compute them all again for each council.
    const std::string recipients = "with r as materialized (" + recipients_query(appeal) + ") ";
    const std::string addressed{gets_a_dispatch};

    execute(
        "insert into raadspost_case "
        "(create_uid, create_date, appeal, council, period, province, association) " +
            recipients +
            "select {}, {}, r.appeal, r.council, {}, r.province, a.association from r "
            "join raadspost_appeal a on a.id = r.appeal where " +
            addressed +
            " and not exists (select 1 from raadspost_case k where k.appeal = r.appeal "
            "and k.council = r.council and k.period = {})",
        user, time, period, period);
    // A shared office has one mailbox, hence one dispatch: it waits only if all of its councils would wait.
    execute(
        "insert into raadspost_dispatch "
        "(create_uid, create_date, appeal, step, occurrence, griffie, mailbox, state, reason, due, tries) " +
            recipients +
            "select {}, {}, r.appeal, {}, 1, min(r.griffie), r.mailbox, "
            "case when min(r.reason) = '' then 'planned' else 'held' end, nullif(min(r.reason), ''), {}, 0 "
            "from r where " +
            addressed +
            " and not exists (select 1 from raadspost_dispatch d where d.appeal = r.appeal "
            "and d.step = {} and d.occurrence = 1 and d.mailbox = r.mailbox) "
            "group by r.appeal, r.mailbox",
        user, time, step.id, step.due, step.id);
    if (engine() == Engine::postgresql) {
        // It takes the two for as small as they were before.
        execute("analyze raadspost_case");
        execute("analyze raadspost_dispatch");
    }
    // Only what has not left yet can cover one more council.
    execute(
        "insert into \"raadspost_dispatch-raadspost_case\" "
        "(create_uid, create_date, dispatch, \"case\", step, occurrence) " +
            recipients +
            "select {}, {}, d.id, k.id, {}, 1 from r "
            "join raadspost_case k on k.appeal = r.appeal and k.council = r.council and k.period = {} "
            "join raadspost_dispatch d on d.appeal = r.appeal and d.step = {} and d.occurrence = 1 "
            "and d.mailbox = r.mailbox and d.state in ('planned', 'held') where " +
            addressed +
            " and not exists (select 1 from \"raadspost_dispatch-raadspost_case\" l "
            "where l.\"case\" = k.id and l.step = {} and l.occurrence = 1)",
        user, time, step.id, period, step.id, step.id);

    const PlanCounts counts = count(appeal, step.id);
    record_event({.appeal = appeal,
                  .kind = "planned",
                  .text = translated("msg_event_planned", {{"councils", counts.councils},
                                                           {"addressed", counts.addressed},
                                                           {"mailboxes", counts.mailboxes},
                                                           {"held", counts.held},
                                                           {"without", counts.without}})});
    return counts;
}

std::int64_t review_waiting() {
    const DateTime time = now();
    const auto gap_days =
        setting("raadspost.configuration", "gap_days").as<std::optional<std::int64_t>>().value_or(0);
    const bool guesses = setting("raadspost.configuration", "guessed_addresses").truth();
    // A row with a journal is in a sender's hands.
    const std::string waiting =
        "journal is null and exists (select 1 from raadspost_appeal a where a.id = raadspost_dispatch.appeal "
        "and a.state = 'running') and state in ";
    const std::string griffie = "from raadspost_griffie g where g.id = raadspost_dispatch.griffie ";

    execute("update raadspost_dispatch set state = 'cancelled', reason = (select g.status " + griffie +
                "), write_date = {} where " + waiting +
                "('planned', 'held', 'released') and exists (select 1 " + griffie +
                "and g.status in ('opted_out', 'failing'))",
            time);
    execute(
        "update raadspost_dispatch set state = 'cancelled', reason = 'suppressed', write_date = {} where " +
            waiting +
            "('planned', 'held', 'released') and exists (select 1 from raadspost_suppression u "
            "join raadspost_appeal a on a.id = raadspost_dispatch.appeal "
            "where u.mailbox = raadspost_dispatch.mailbox and (u.scope = 'all' "
            "or (u.scope = 'association' and u.association = a.association) "
            "or (u.scope = 'appeal' and u.appeal = a.id)))",
        time);
    execute(following_the_griffie(waiting + "('planned', 'held', 'released')"), time);
    return execute("update raadspost_dispatch set state = 'planned', reason = null, write_date = {} where " +
                       waiting + "('held') and ((reason = 'unconfirmed' and ({} or exists (select 1 " +
                       griffie +
                       "and g.status = 'confirmed'))) or (reason = 'gap' and not exists (select 1 "
                       "from raadspost_dispatch e where e.mailbox = raadspost_dispatch.mailbox "
                       "and e.appeal <> raadspost_dispatch.appeal and e.sent_at > {})))",
                   time, guesses, time - std::chrono::hours{24 * gap_days});
}

void look_up_addresses(const Ids& dispatches) {
    execute(following_the_griffie("id in {} and state in ('planned', 'released')"), now(), dispatches);
}

std::string council_period(Date day) {
    return calendar::council_term(day).name();
}

}  // namespace raadspost::crm
