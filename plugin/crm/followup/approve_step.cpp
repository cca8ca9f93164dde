// approve_step.cpp - the wizard in which a second person looks at what a step would send, to how many and
// when, and approves its batch. Without it the step waits.
#include "crm/followup/approve_step.hpp"

#include "crm/appeal/approval.hpp"
#include "crm/entities.hpp"
#include "crm/followup/planner.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

const char* const to_be_approved =
    "needs_approval and approved_at is null and exists (select 1 from raadspost_appeal a "
    "where a.id = raadspost_step.appeal and a.state in ('approved', 'running', 'stopped'))";

// The steps that the wizard may be about, by what it was opened on.
Ids candidates(Session& session) {
    const std::string model = session.active_model();
    const char* which = model == "raadspost.step" ? "id in {}"
                        : model == "raadspost.plan.line"
                            ? "id in (select step from raadspost_plan_line where id in {})"
                            : "appeal in {}";
    Ids steps;
    for (const auto& [step] : Rows<Id>{std::string{"select id from raadspost_step where "} + to_be_approved +
                                           " and " + which + " order by sequence, id",
                                       session.active_ids()})
        steps.push_back(step);
    return steps;
}

std::string begin(Session& session) {
    const Ids steps = candidates(session);
    if (steps.empty()) throw UserError{"msg_step_nothing_to_approve"};
    Record choice = session.form("choose");
    choice.set("steps", steps);
    if (steps.size() > 1) return "choose";
    choice.set("step", steps.front());
    return "start";
}

struct Batch {
    std::int64_t councils = 0, mailboxes = 0;
    std::optional<Date> first, last;
};

Batch batch_of(Id step) {
    for (const auto& [councils, mailboxes, first, last] :
         Rows<std::int64_t, std::int64_t, std::optional<Date>, std::optional<Date>>{
             "select count(*), count(distinct mailbox), min(day), max(day) from raadspost_plan_line "
             "where step = {} and simulation is null and state in ('planned', 'held')",
             step})
        return {councils, mailboxes, first, last};
    return {};
}

Ids councils_of(Id step) {
    Ids councils;
    for (const auto& [council] :
         Rows<Id>{"select council from raadspost_plan_line where step = {} "
                  "and simulation is null and state in ('planned', 'held') order by council",
                  step})
        councils.push_back(council);
    return councils;
}

Dict samples(Session& session) {
    const Id id = session.form("choose").at<Id>("step");
    const Record step{"raadspost.step", id};
    const Id appeal = step.at<Id>("appeal");
    const Batch batch = batch_of(id);
    return {{"step", id},
            {"words", step.text("in_words")},
            {"councils", batch.councils},
            {"mailboxes", batch.mailboxes},
            {"first_day", batch.first},
            {"last_day", batch.last},
            {"hash", approval_hash(appeal)},
            {"samples", as_list(approval_samples(appeal, id, councils_of(id)))}};
}

std::string approve(Session& session) {
    const Record form = session.form("start");
    const Id id = form.at<Id>("step");
    const Record step{"raadspost.step", id};
    const Record appeal = step.one("appeal");
    const Value user = current_user();
    if (setting("raadspost.configuration", "approval_required").truth() &&
        (appeal.get("author") == user || appeal.get("submitted_by") == user))
        throw UserError{"msg_approve_second_person"};
    if (form.text("hash") != approval_hash(appeal.id())) throw UserError{"msg_appeal_changed"};
    if (!step.get("approved_at").is_null()) throw UserError{"msg_step_nothing_to_approve"};
    const Id event = record_event(
        {.appeal = appeal.id(),
         .kind = "step_approved",
         .text = translated("msg_event_step_approved",
                            {{"step", step.text("name")}, {"councils", form.at<std::int64_t>("councils")}})});
    const DateTime now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto scope = Scope::without_access_checks();
    write("raadspost.step", {id}, {{"approved_at", now}, {"approved_by", user}, {"approval_event", event}});
    plan_appeals({appeal.id()});
    return "end";
}

}  // namespace

Values has_step_to_approve(const Ids& appeals) {
    Values found;
    for (const Id appeal : appeals) found[appeal] = false;
    for (const auto& [appeal] :
         Rows<Id>{std::string{"select distinct appeal from raadspost_step where appeal in {} and "} +
                      to_be_approved,
                  appeals})
        found[appeal] = true;
    return found;
}

Model step_approval_choice() {
    return Model{"raadspost.step.approve.choose", "Which Step"}
        .shown()
        .field(
            Many2Many{"steps", "raadspost.step", "", "", "Steps"}.option("origin", {}).option("target", {}))
        .field(Many2One{"step", "raadspost.step", "Step"}
                   .required()
                   .domain({where("id", "in", eval("steps", List{}))})
                   .depends({"steps"}));
}

Model step_approval_start() {
    return Model{"raadspost.step.approve.start", "Approve a Step"}
        .shown()
        .field(Many2One{"step", "raadspost.step", "Step"}.readonly())
        .field(Text{"words", "In Words"}.readonly())
        .field(Integer{"councils", "Councils"}.readonly())
        .field(Integer{"mailboxes", "At So Many Addresses"}.readonly())
        .field(DateField{"first_day", "First Day"}.readonly())
        .field(DateField{"last_day", "Last Day"}.readonly())
        .field(Char{"hash", "Content (SHA-256)"}.readonly())
        .field(One2Many{"samples", "raadspost.appeal.approve.sample", "", "Messages"}
                   .option("field", {})
                   .readonly());
}

Wizard approve_step() {
    return Wizard{"raadspost.step.approve"}
        .start("begin")
        .step("begin", begin)
        .form("choose", "raadspost.step.approve.choose", "raadspost.step_approval_choice_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Continue", "start", "tryton-forward", true}},
              [](Session& session) {
                  return Dict{{"steps", session.form("choose").get("steps")}};
              })
        .form("start", "raadspost.step.approve.start", "raadspost.step_approval_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Approve", "approve", "tryton-ok", true}}, samples)
        .step("approve", approve);
}

}  // namespace raadspost::crm
