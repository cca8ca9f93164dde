// undo.cpp - taking back a decision about the plan, the approval of a step, or what a received message
// changed, by the event that logs it.
#include "crm/followup/plan_decision.hpp"
#include "crm/followup/planner.hpp"
#include "crm/tracking/event.hpp"
#include "crm/tracking/planning.hpp"
#include "crm/triage/triage.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <array>

namespace raadspost::crm {

using namespace tryton;

namespace {

// Dispatches of a step, of one council or (0) of all.
const std::string of_step =
    "step = {} and ({} = 0 or exists (select 1 from \"raadspost_dispatch-raadspost_case\" l "
    "join raadspost_case k on k.id = l.\"case\" where l.dispatch = raadspost_dispatch.id and k.council = "
    "{}))";

// The first mail of this step that left, or may have, since that moment. Asked once what has not is called
// back, so that no sender takes one in between.
void refuse_if_left(Id step, Id council, DateTime since) {
    for (const auto& [mailbox, state] : Rows<std::string, std::string>{
             "select mailbox, state from raadspost_dispatch where " + of_step +
                 " and (state in ('claimed', 'sent', 'delivered', 'bounced', 'refused', 'uncertain') "
                 "or journal is not null) and coalesce(sent_at, claimed_at, due) >= {} order by id limit 1",
             step, council, council, std::chrono::floor<std::chrono::seconds>(since)})
        throw UserError{state == "sent" || state == "delivered" ? "msg_undo_sent" : "msg_undo_under_way",
                        {{"mailbox", mailbox}}};
}

struct Standing {
    Id decision = 0, appeal = 0, council = 0;
    std::optional<Id> step;
    std::string kind;
    DateTime at;
};

// Several where one mail was for several councils.
std::vector<Standing> decisions_of(Id event) {
    std::vector<Standing> standing;
    for (auto& [decision, appeal, council, step, kind, at] :
         Rows<Id, Id, Id, std::optional<Id>, std::string, DateTime>{
             "select id, appeal, council, step, kind, at from raadspost_plan_decision where event = {} "
             "and not undone order by id",
             event})
        standing.push_back({decision, appeal, council, step, std::move(kind), at});
    return standing;
}

bool undo_decision(Id event) {
    std::vector<std::tuple<Id, bool>> undone;
    Ids councils;
    for (const Standing& each : decisions_of(event)) {
        // A whole council that waited goes on; the other three are about a mail that may have left since.
        if (each.step && each.kind != "hold") {
            if (each.kind != "skip") call_back(*each.step, each.council, "staff");
            refuse_if_left(*each.step, each.council, each.at);
        }
        undone.emplace_back(each.decision, true);
        councils.push_back(each.council);
    }
    if (undone.empty()) return false;
    update_rows<bool>("raadspost.plan.decision", std::to_array<std::string_view>({"undone"}), undone);
    plan_councils(councils);
    return true;
}

bool undo_approval(Id event, Id appeal) {
    bool found = false;
    for (const auto& [step, approved_at] :
         Rows<Id, DateTime>{"select id, approved_at from raadspost_step where approval_event = {} and "
                            "approved_at is not null",
                            event}) {
        call_back(step, 0, "approval");
        refuse_if_left(step, 0, approved_at);
        const auto scope = Scope::without_access_checks();
        write("raadspost.step", {step}, {{"approved_at", {}}, {"approved_by", {}}, {"approval_event", {}}});
        found = true;
    }
    if (found) plan_appeals({appeal});
    return found;
}

}  // namespace

void call_back(Id step, Id council, std::string_view reason) {
    hold(reason, of_step + " and state in ('planned', 'released', 'deferred')", {step, council, council});
}

Values undoable(const Ids& events) {
    Values found;
    for (const Id event : events) found[event] = false;
    for (const auto& [event] :
         Rows<Id>{"select event from raadspost_plan_decision where event in {} and not undone", events})
        found[event] = true;
    for (const auto& [event] : Rows<Id>{"select approval_event from raadspost_step where approval_event in "
                                        "{} and approved_at is not null",
                                        events})
        found[event] = true;
    const Ids messages = messages_of(events);
    for (const auto& [event] :
         Rows<Id>{"select id from raadspost_event where id in {} and message in {} and undone_by is null",
                  events, messages})
        found[event] = true;
    return found;
}

void undo(const Ids& events) {
    for (const Id message : messages_of(events)) take_back(message);
    for (const auto& [event, appeal, case_id, text] : Rows<Id, Id, std::optional<Id>, std::string>{
             "select id, appeal, \"case\", text from raadspost_event where id in {} and appeal is not null "
             "and message is null and undone_by is null order by id desc",
             events}) {
        if (!undo_decision(event) && !undo_approval(event, appeal)) throw UserError{"msg_undo_nothing"};
        const Id by = record_event({.appeal = appeal,
                                    .kind = "undone",
                                    .text = translated("msg_undone", {{"what", text}}),
                                    .evidence = {},
                                    .case_id = case_id.value_or(0)});
        update_rows<Id>("raadspost.event", std::to_array<std::string_view>({"undone_by"}), {{event, by}});
    }
}

}  // namespace raadspost::crm
