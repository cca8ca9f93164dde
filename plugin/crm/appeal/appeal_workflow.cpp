#include "crm/appeal/appeal_workflow.hpp"

#include "crm/appeal/appeal_check.hpp"
#include "crm/appeal/approval.hpp"
#include "crm/appeal/test_message.hpp"
#include "crm/followup/facts_loader.hpp"
#include "crm/followup/planner.hpp"
#include "crm/moment.hpp"
#include "crm/opening.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <array>

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr const char* model = "raadspost.appeal";
constexpr std::array guarded = {"state",       "author",        "submitted_by", "approved_by",
                                "approved_at", "approved_hash", "starts_at"};

void record(Id appeal, const char* kind, const Dict& variables = {}) {
    record_event(
        {.appeal = appeal, .kind = kind, .text = translated(std::string{"msg_event_"} + kind, variables)});
}

Value submit(const Ids& appeals) {
    for (const Id appeal : appeals) {
        if (const auto problems = check_appeal(appeal); !problems.empty())
            throw UserError{"msg_appeal_problems", {{"problems", as_lines(problems)}}};
        write(model, {appeal}, {{"submitted_by", current_user()}});
        record(appeal, "submitted");
    }
    return "reload";
}

Value withdraw(const Ids& appeals) {
    for (const Id appeal : appeals) {
        write(model, {appeal},
              {{"submitted_by", {}},
               {"approved_by", {}},
               {"approved_at", {}},
               {"approved_hash", {}},
               {"starts_at", {}}});
        lapse_steps({appeal});
        record(appeal, "withdrawn");
        for (const char* undone : {"submitted", "approved"})
            for (const auto& [event] : Rows<Id>{
                     "select max(id) from raadspost_event where appeal = {} and kind = 'withdrawn'", appeal})
                undo_last(appeal, undone, event);
    }
    return "reload";
}

Value approve(const Ids& appeals) {
    const bool second_person = setting("raadspost.configuration", "approval_required").truth();
    for (const Record& appeal : browse(model, appeals)) {
        const Value user = current_user();
        if (second_person && (appeal.get("author") == user || appeal.get("submitted_by") == user))
            throw UserError{"msg_approve_second_person"};
        if (const auto problems = check_appeal(appeal.id()); !problems.empty())
            throw UserError{"msg_appeal_problems", {{"problems", as_lines(problems)}}};
        write(model, {appeal.id()},
              {{"approved_by", user}, {"approved_at", now()}, {"approved_hash", approval_hash(appeal.id())}});
        record(appeal.id(), "approved");
    }
    return "reload";
}

// What the first step comes to, for the log.
void tell_first_step(Id appeal) {
    std::int64_t councils = 0, planned = 0, held = 0;
    for (const auto& [state, number] : Rows<std::string, std::int64_t>{
             "select state, count(*) from raadspost_plan_line where simulation is null and step = (select id "
             "from "
             "raadspost_step where appeal = {} order by sequence, id limit 1) group by state",
             appeal}) {
        councils += number;
        if (state == "planned") planned = number;
        if (state == "held") held = number;
    }
    const Rows<std::string, std::int64_t> dispatches{
        "select state, count(*) from raadspost_dispatch where appeal = {} and step = (select id from "
        "raadspost_step "
        "where appeal = {} order by sequence, id limit 1) group by state",
        appeal, appeal};
    std::map<std::string, std::int64_t> number_of;
    for (const auto& [state, number] : dispatches) number_of[state] = number;
    record_event({.appeal = appeal,
                  .kind = "planned",
                  .text = translated("msg_event_planned", {{"councils", councils},
                                                           {"addressed", planned + held},
                                                           {"mailboxes", number_of["planned"]},
                                                           {"held", number_of["held"]},
                                                           {"without", councils - planned - held}})});
}

Value start(const Ids& appeals) {
    const auto hold =
        setting("raadspost.configuration", "hold_minutes").as<std::optional<std::int64_t>>().value_or(0);
    for (const Id appeal : appeals) {
        if (!approval_holds(appeal)) throw UserError{"msg_appeal_not_approved"};
        const DateTime starts_at = now() + std::chrono::minutes{hold};
        write(model, {appeal}, {{"starts_at", starts_at}});
        // A text mended on the way moves no reminder of what has left already.
        if (!has_left(appeal)) write(model, {appeal}, {{"began_at", starts_at}});
        record(appeal, "started", {{"minutes", hold}});
        plan_started(appeal);
        tell_first_step(appeal);
    }
    return "reload";
}

Value stop(const Ids& appeals) {
    for (const Id appeal : appeals) record(appeal, "stopped");
    return "reload";
}

Value resume(const Ids& appeals) {
    for (const Id appeal : appeals) {
        if (!approval_holds(appeal)) throw UserError{"msg_appeal_not_approved"};
        const Id event =
            record_event({.appeal = appeal, .kind = "resumed", .text = translated("msg_event_resumed")});
        undo_last(appeal, "stopped", event);
        // What was planned before it stopped may be late by now, held, or in a silence.
        plan_started(appeal);
    }
    return "reload";
}

Value close(const Ids& appeals) {
    for (const Id appeal : appeals) {
        const auto cancelled = execute(
            "update raadspost_dispatch set state = 'cancelled', reason = 'closed', write_date = {} "
            "where appeal = {} and state in ('planned', 'held', 'released', 'deferred')",
            now(), appeal);
        // No planner comes by a closed appeal again.
        execute(
            "update raadspost_plan_line set state = 'none', reason = 'closed', due = null, day = null, "
            "moved_by = null, mailbox = null, changed_at = {} "
            "where appeal = {} and simulation is null and state in ('planned', 'held')",
            now(), appeal);
        record(appeal, "closed", {{"cancelled", cancelled}});
    }
    return "reload";
}

}  // namespace

bool by_a_client() {
    const Dict keys = context();
    const auto checked = keys.find("_check_access");
    return current_user() > 0 && checked != keys.end() && checked->second.truth();
}

void add_workflow(Model& appeal) {
    const Pyson state = eval("state");
    const auto unless = [&state](List states) { return Button{.invisible = !state.in(std::move(states))}; };
    appeal
        .workflow("state", {{"draft", "submitted"},
                            {"submitted", "draft"},
                            {"submitted", "approved"},
                            {"approved", "draft"},
                            {"approved", "running"},
                            {"running", "stopped"},
                            {"running", "closed"},
                            {"stopped", "running"},
                            {"stopped", "draft"},
                            {"stopped", "closed"}})
        .transition("submit", "submitted", submit, unless({"draft"}))
        .transition("withdraw", "draft", withdraw, unless({"submitted", "approved", "stopped"}))
        .transition("approve", "approved", approve, unless({"submitted"}))
        .transition("start", "running", start, unless({"approved"}))
        .transition("stop", "stopped", stop, unless({"running"}))
        .transition("resume", "running", resume, unless({"stopped"}))
        .transition("close", "closed", close, unless({"running", "stopped"}))
        .button("open_approval", opening("wizard_approve_appeal"), unless({"submitted"}))
        .button("open_concerned", opening("wizard_concerned_councils"),
                {.invisible = eval("problems").is_empty()})
        .button("open_sending", opening("act_sending"), {.invisible = eval("sending_trouble").is_empty()})
        .button("send_test", send_test, unless({"draft", "submitted", "approved", "running", "stopped"}));
}

void guard_state(Model& appeal) {
    appeal
        .before_create([](std::vector<Dict>& rows) {
            if (!by_a_client()) return;
            for (Dict& row : rows)
                for (const char* field : guarded) row.erase(field);
        })
        .before_write([](const Ids&, Dict& values) {
            if (!by_a_client()) return;
            for (const char* field : guarded)
                if (values.contains(field)) throw UserError{"msg_appeal_by_button"};
        })
        .before_delete([](const Ids& appeals) {
            for (const auto& [name] : Rows<std::string>{
                     "select name from raadspost_appeal where id in {} and state <> 'draft'", appeals})
                throw UserError{"msg_appeal_not_draft", {{"appeal", name}}};
        })
        .before_copy([](Dict& overrides) {
            overrides["state"] = "draft";
            overrides["author"] = current_user();
            for (const char* field :
                 {"submitted_by", "approved_by", "approved_at", "approved_hash", "starts_at", "began_at"})
                overrides[field] = Value{};
        });
}

}  // namespace raadspost::crm
