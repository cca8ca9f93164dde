// decision.cpp - what a person may decide about dispatches, each time with a reason: hold, let go again,
// cancel, and for uncertain ones that it was sent after all or is sent again. Which is allowed when is the
// table of core/post/delivery.hpp.
#include "core/post/delivery.hpp"
#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/followup/planner.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/sending/machine.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"
#include "tryton/wizard.hpp"

#include <array>

namespace raadspost::crm {

using namespace tryton;

namespace {

struct Kind {
    const char* key;
    const char* label;
    post::State becomes;
};

constexpr Kind kinds[] = {
    {"hold", "Let it wait", post::State::held},
    {"let_go", "Let it go again", post::State::planned},
    {"cancel", "Cancel it for good", post::State::cancelled},
    {"was_sent", "It was sent after all", post::State::sent},
    {"send_again", "Send it again", post::State::released},
};

const Kind& kind_named(const std::string& key) {
    for (const Kind& kind : kinds)
        if (key == kind.key) return kind;
    throw WrongKind{"no such decision: " + key};
}

struct Row {
    Id id, appeal;
    post::State state;
    post::DispatchKey key;
    std::string mailbox;
};

std::vector<Row> chosen(const Ids& dispatches) {
    std::vector<Row> rows;
    for (const auto& [id, appeal, state, step, mailbox, occurrence] :
         Rows<Id, Id, std::string, std::string, std::string, int>{
             "select d.id, d.appeal, d.state, s.uuid, d.mailbox, d.occurrence from raadspost_dispatch d "
             "join raadspost_step s on s.id = d.step where d.id in {} order by d.id",
             dispatches})
        rows.push_back({id, appeal, post::state_named(state).value_or(post::State::cancelled),
                        key_of_dispatch(step, mailbox, occurrence), mailbox});
    return rows;
}

// The ledger hears of it before the database: if one of them forgets, nothing goes out twice. Of "send again"
// the sender tells it (already_posted), whose ledger it is that calls the message uncertain.
void tell_ledger(const Kind& kind, const std::vector<Row>& rows) {
    if (kind.becomes != post::State::sent) return;
    auto machine = Machine::open();
    if (!machine) throw UserError{"msg_sending_problem", {{"problem", sentence(machine.problem())}}};
    for (const Row& row : rows) {
        const post::Ledger::Posting posting{row.key, post::Posted::accepted};
        const auto number = machine->ledger().append(
            {&posting, 1}, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
        if (!number) throw UserError{"msg_sending_problem", {{"problem", sentence(number.problem())}}};
        remember_ledger_number(machine->ledger().id(), *number);
    }
}

// The planner knows it as a decision about the councils behind these dispatches: it would plan anew what only
// the dispatch tells. What waits can be taken back by its event; what is cancelled is so for good.
void tell_planner(const Kind& kind, const std::vector<Row>& rows, const Ids& events,
                  const std::string& reason) {
    const char* const decision = kind.becomes == post::State::held        ? "hold"
                                 : kind.becomes == post::State::cancelled ? "skip"
                                 : kind.becomes == post::State::planned   ? "now"
                                                                          : nullptr;
    if (decision == nullptr) return;
    std::map<Id, Id> event_of;
    for (std::size_t n = 0; n < rows.size(); ++n) event_of.emplace(rows[n].id, events[n]);
    Ids dispatches;
    for (const auto& [dispatch, event] : event_of) dispatches.push_back(dispatch);
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const Id user = current_user();
    std::vector<std::tuple<Id, Id, Id, std::string, std::string, DateTime, std::optional<Id>,
                           std::optional<Id>, bool>>
        decisions;
    for (const auto& [dispatch, appeal, council, step] :
         Rows<Id, Id, Id, Id>{"select distinct d.id, d.appeal, k.council, d.step from raadspost_dispatch d "
                              "join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
                              "join raadspost_case k on k.id = l.\"case\" where d.id in {}",
                              dispatches}) {
        if (kind.becomes == post::State::planned)
            execute(
                "update raadspost_plan_decision set undone = {} where appeal = {} and council = {} "
                "and step = {} and kind in ('hold', 'skip')",
                true, appeal, council, step);
        decisions.emplace_back(
            appeal, council, step, decision, reason, now, user > 0 ? std::optional{user} : std::nullopt,
            kind.becomes == post::State::held ? std::optional{event_of.at(dispatch)} : std::nullopt, false);
    }
    insert_rows("raadspost.plan.decision",
                std::to_array<std::string_view>(
                    {"appeal", "council", "step", "kind", "reason", "at", "actor", "event", "undone"}),
                decisions);
}

// Planned at once, because the planner has the last word: what it would put back to waiting waits for
// something that this decision does not take away, and people are told instead of finding out.
void let_go(const std::vector<Row>& rows) {
    Ids dispatches, councils;
    for (const Row& row : rows) dispatches.push_back(row.id);
    for (const auto& [council] :
         Rows<Id>{"select distinct k.council from \"raadspost_dispatch-raadspost_case\" l "
                  "join raadspost_case k on k.id = l.\"case\" where l.dispatch in {}",
                  dispatches})
        councils.push_back(council);
    plan_councils(councils);
    for (const auto& [mailbox, state, reason] : Rows<std::string, std::string, std::optional<std::string>>{
             "select mailbox, state, reason from raadspost_dispatch where id in {} "
             "and state in ('held', 'cancelled') order by id",
             dispatches}) {
        const std::string why = reason.value_or("");
        if (state == "held" && (why == "staff" || why == "unconfirmed" || why == "approval"))
            throw UserError{"msg_let_go_" + why, {{"mailbox", mailbox}}};
        throw UserError{"msg_let_go_refused",
                        {{"mailbox", mailbox},
                         {"reason", why.empty() ? label_of_choice("raadspost.dispatch", "state", state)
                                                : label_of_choice("raadspost.dispatch", "reason", why)}}};
    }
}

std::string decide(Session& session) {
    const Record form = session.form("start");
    const Kind& kind = kind_named(form.text("decision"));
    const std::string reason = form.text("reason");
    const std::vector<Row> rows = chosen(session.active_ids());
    std::vector<Event> events;
    std::vector<std::tuple<Id, std::string, std::optional<std::string>>> changes;
    std::map<post::State, std::string> from;
    for (const Row& row : rows) {
        if (!post::allowed(row.state, kind.becomes, post::Mover::person))
            throw UserError{"msg_decision_not_allowed",
                            {{"mailbox", row.mailbox},
                             {"state", label_of_choice("raadspost.dispatch", "state",
                                                       std::string{post::name(row.state)})}}};
        changes.emplace_back(
            row.id, std::string{post::name(kind.becomes)},
            kind.becomes == post::State::planned ? std::nullopt : std::optional<std::string>{"person"});
        from[row.state] += (from[row.state].empty() ? "" : ", ") + std::to_string(row.id);
        events.push_back(
            {.appeal = row.appeal,
             .kind = "dispatch",
             .text = translated(std::string{"msg_decided_"} + kind.key, {{"mailbox", row.mailbox}}) + ' ' +
                     reason,
             .evidence = {},
             .case_id = 0,
             .dispatch = row.id});
    }
    tell_ledger(kind, rows);
    for (const auto& [state, ids] : from) {
        // A sender may have been quicker: then the whole decision is refused, and the person looks again.
        const std::string condition =
            "t.state = '" + std::string{post::name(state)} + "' and t.id in (" + ids + ")";
        std::vector<std::tuple<Id, std::string, std::optional<std::string>>> some;
        for (const auto& change : changes)
            if ((", " + ids + ',').find(", " + std::to_string(std::get<0>(change)) + ',') !=
                std::string::npos)
                some.push_back(change);
        if (update_rows("raadspost.dispatch", {"state", "reason"}, some, condition) !=
            static_cast<std::int64_t>(some.size()))
            throw UserError{"msg_decision_too_late"};
    }
    Ids ids;
    for (const Row& row : rows) ids.push_back(row.id);
    const DateTime now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (kind.becomes == post::State::sent)
        execute("update raadspost_dispatch set sent_at = coalesce(sent_at, claimed_at, {}) where id in {}",
                now, ids);
    if (kind.becomes == post::State::released)
        // What came before this decision does not call it back.
        execute("update raadspost_dispatch set again_at = {}, released_at = null where id in {}", now, ids);
    if (kind.becomes == post::State::released || kind.becomes == post::State::planned) {
        // Made anew, with another Message-ID, and as if for the first time.
        execute(
            "update raadspost_dispatch set bytes_file = null, journal = null, first_try = null, next_try = "
            "null "
            "where id in {}",
            ids);
    }
    tell_planner(kind, rows, record_events(events), reason);
    if (kind.becomes == post::State::planned) let_go(rows);
    return "end";
}

}  // namespace

Model decision_start() {
    Choices choices;
    for (const Kind& kind : kinds) choices.emplace_back(kind.key, kind.label);
    return Model{"raadspost.dispatch.decide.start", "Decide"}
        .shown()
        .field(Selection{"decision", "Decision", choices}.required())
        .field(Text{"reason", "Reason"}.required().help("Kept in the log, with your name."));
}

Wizard decide_dispatches() {
    return Wizard{"raadspost.dispatch.decide"}
        .form("start", "raadspost.dispatch.decide.start", "raadspost.decision_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Decide", "decide", "tryton-ok", true}})
        .step("decide", decide);
}

}  // namespace raadspost::crm
