// decide_plan.cpp - the wizard in which staff decide about the plan of councils: wait, leave out, now, once
// more. Opened on lines of the plan, on cases or on councils; each decision has a reason and is an event.
#include "crm/entities.hpp"
#include "crm/followup/plan_decision.hpp"
#include "crm/followup/planner.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <array>
#include <set>

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr std::size_t most_told = 8;

struct Target {
    Id appeal = 0, council = 0;
    Id step = 0;  // 0: every step
    std::string council_name, step_name;
};

// What the plan says of it; nothing before it was planned for the first time.
struct InPlan {
    std::string state;
    Id case_id = 0;
};

std::vector<Target> lines_chosen(const Ids& lines) {
    std::vector<Target> targets;
    for (auto& [appeal, council, step, council_name, step_name, simulation] :
         Rows<Id, Id, Id, std::string, std::string, std::optional<Id>>{
             "select l.appeal, l.council, l.step, c.name, s.name, l.simulation from raadspost_plan_line l "
             "join raadspost_council c on c.id = l.council join raadspost_step s on s.id = l.step "
             "where l.id in {} order by c.sort_name, s.sequence",
             lines}) {
        if (simulation) throw UserError{"msg_plan_only_simulated"};
        targets.push_back({appeal, council, step, std::move(council_name), std::move(step_name)});
    }
    return targets;
}

std::vector<Target> cases_chosen(const Ids& cases, const Record& form) {
    const Id step = form.at<std::optional<Id>>("step").value_or(0);
    std::vector<Target> targets;
    for (auto& [appeal, council, name] :
         Rows<Id, Id, std::string>{"select distinct k.appeal, k.council, c.name from raadspost_case k "
                                   "join raadspost_council c on c.id = k.council where k.id in {}",
                                   cases})
        targets.push_back(
            {appeal, council, step, std::move(name), step == 0 ? "" : form.one("step").text("name")});
    return targets;
}

std::vector<Target> councils_chosen(const Ids& councils, const Record& form) {
    const Id step = form.at<std::optional<Id>>("step").value_or(0);
    std::vector<Target> targets;
    for (auto& [council, name] :
         Rows<Id, std::string>{"select id, name from raadspost_council where id in {}", councils})
        targets.push_back({form.at<Id>("appeal"), council, step, std::move(name),
                           step == 0 ? "" : form.one("step").text("name")});
    return targets;
}

std::vector<Target> chosen(Session& session, const Record& form) {
    const std::string model = session.active_model();
    if (model == "raadspost.plan.line") return lines_chosen(session.active_ids());
    if (model == "raadspost.case") return cases_chosen(session.active_ids(), form);
    return councils_chosen(session.active_ids(), form);
}

InPlan in_plan(const Target& target) {
    InPlan found;
    for (auto& [state] :
         Rows<std::string>{"select state from raadspost_plan_line where council = {} and step = {} "
                           "and simulation is null",
                           target.council, target.step})
        found.state = state;
    for (const auto& [id] :
         Rows<Id>{"select id from raadspost_case where appeal = {} and council = {} order by id desc limit 1",
                  target.appeal, target.council})
        found.case_id = id;
    return found;
}

// The form offers nothing else, but a form is not what keeps the plan right: a step of another appeal would
// be decided about without anybody ever seeing it.
void check_belongs(const std::vector<Target>& targets) {
    std::set<std::pair<Id, Id>> checked;
    for (const Target& target : targets) {
        if (!checked.emplace(target.appeal, target.step).second) continue;
        for (const auto& [name, state] : Rows<std::string, std::string>{
                 "select name, state from raadspost_appeal where id = {}", target.appeal})
            if (state == "closed") throw UserError{"msg_plan_appeal_closed", {{"appeal", name}}};
        if (target.step == 0) continue;
        for (const auto& [name] : Rows<std::string>{
                 "select a.name from raadspost_step s join raadspost_appeal a on a.id = s.appeal "
                 "where s.id = {} and s.appeal <> {}",
                 target.step, target.appeal})
            throw UserError{"msg_plan_step_of_other", {{"step", target.step_name}, {"appeal", name}}};
    }
}

void check(const std::string& kind, const Target& target, const InPlan& plan) {
    const Dict names{{"council", target.council_name}, {"step", target.step_name}};
    const bool out = plan.state == "under_way" || plan.state == "sent" || plan.state == "failed";
    if ((kind == "skip" || kind == "now") && out) throw UserError{"msg_plan_sent_already", names};
    if (kind == "again" && !out) throw UserError{"msg_plan_not_sent_yet", names};
}

// A lock of the whole council needs no step; the others are about one.
Id step_of(const std::string& kind, const Target& target) {
    return kind == "hold" ? 0 : target.step;
}

std::string decide(Session& session) {
    const Record form = session.form("start");
    const std::string kind = form.text("decision"), reason = form.text("reason");
    std::vector<Event> events;
    std::vector<Target> targets;
    std::set<std::array<Id, 3>> seen;
    Ids councils;
    std::vector<Target> all = chosen(session, form);
    check_belongs(all);
    for (Target& target : all) {
        const Id step = step_of(kind, target);
        if (kind != "hold" && step == 0) throw UserError{"msg_plan_which_step"};
        if (!seen.insert({target.appeal, target.council, step}).second) continue;
        const InPlan plan = in_plan(target);
        check(kind, target, plan);
        events.push_back({.appeal = target.appeal,
                          .kind = "plan_decision",
                          .text = translated("msg_plan_decided_" + kind, {{"council", target.council_name},
                                                                          {"step", target.step_name},
                                                                          {"reason", reason}}),
                          .evidence = {},
                          .case_id = plan.case_id});
        councils.push_back(target.council);
        targets.push_back(std::move(target));
    }
    const Ids logged = record_events(events);
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const Id user = current_user();
    std::vector<std::tuple<Id, Id, std::optional<Id>, std::string, std::string, DateTime, std::optional<Id>,
                           Id, bool>>
        rows;
    for (std::size_t n = 0; n < targets.size(); ++n) {
        const Id step = step_of(kind, targets[n]);
        rows.emplace_back(targets[n].appeal, targets[n].council,
                          step > 0 ? std::optional{step} : std::nullopt, kind, reason, now,
                          user > 0 ? std::optional{user} : std::nullopt, logged[n], false);
    }
    insert_rows("raadspost.plan.decision",
                std::to_array<std::string_view>(
                    {"appeal", "council", "step", "kind", "reason", "at", "actor", "event", "undone"}),
                rows);
    plan_councils(councils);
    return "end";
}

// What was chosen, so that nobody decides about a whole list by mistake.
std::string about(const Session& session) {
    const Ids ids = session.active_ids();
    const std::string model = session.active_model();
    const char* const names =
        model == "raadspost.plan.line"
            ? "select c.name || ': ' || s.name from raadspost_plan_line l join raadspost_council c on c.id = "
              "l.council "
              "join raadspost_step s on s.id = l.step where l.id in {} order by c.sort_name, s.sequence"
        : model == "raadspost.case" ? "select c.name from raadspost_case k join raadspost_council c on c.id "
                                      "= k.council where k.id in {} "
                                      "order by c.sort_name"
                                    : "select name from raadspost_council where id in {} order by sort_name";
    const Rows<std::string> all{names, ids};
    std::string text;
    std::size_t told = 0;
    for (const auto& [name] : all) {
        if (told++ == most_told) break;
        text += (text.empty() ? "" : "\n") + name;
    }
    if (all.size() > most_told)
        text += '\n' + translated("msg_plan_about_more",
                                  {{"more", static_cast<std::int64_t>(all.size() - most_told)}});
    return text;
}

Dict fill(Session& session) {
    if (session.active_ids().empty()) throw UserError{"msg_plan_nothing_chosen"};
    const std::string model = session.active_model();
    Dict values{{"about", about(session)},
                {"asks_appeal", model == "raadspost.council"},
                {"asks_step", model != "raadspost.plan.line"}};
    if (model != "raadspost.case") return values;
    // Steps can be chosen where the cases are of one appeal.
    const Rows<Id> appeals{"select distinct appeal from raadspost_case where id in {}", session.active_ids()};
    if (appeals.size() > 1) throw UserError{"msg_plan_one_appeal"};
    if (!appeals.empty()) values["appeal"] = std::get<0>(appeals.front());
    return values;
}

}  // namespace

Model plan_decision_start() {
    const Pyson no_step = !eval("asks_step", false) || eval("decision") == "hold";
    return Model{"raadspost.plan.decide.start", "Decide about the Plan"}
        .shown()
        .field(Text{"about", "About"}.readonly())
        .field(Boolean{"asks_appeal", "Asks for the Appeal"})
        .field(Boolean{"asks_step", "Asks for the Step"})
        .field(Selection{"decision", "Decision", plan_decisions()}.required())
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}
                   .required(eval("asks_appeal", false))
                   .invisible(!eval("asks_appeal", false)))
        .field(Many2One{"step", "raadspost.step", "Step"}
                   .domain({where("appeal", "=", eval("appeal", -1))})
                   .required(!no_step)
                   .invisible(no_step)
                   .depends({"appeal"}))
        .field(Text{"reason", "Reason"}.required().help("Kept in the log, with your name."));
}

Wizard decide_plan() {
    return Wizard{"raadspost.plan.decide"}
        .form("start", "raadspost.plan.decide.start", "raadspost.plan_decision_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Decide", "decide", "tryton-ok", true}}, fill)
        .step("decide", decide);
}

}  // namespace raadspost::crm
