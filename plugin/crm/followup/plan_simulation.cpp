// plan_simulation.cpp - the plan as it would be on another day, facts as they are now: kept apart from the
// plan, for a while.
#include "crm/elections/terms.hpp"
#include "crm/entities.hpp"
#include "crm/followup/plan_summary.hpp"
#include "crm/followup/planner.hpp"
#include "crm/moment.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr std::chrono::days kept_for{7};

Values simulation_names(const Ids& simulations) {
    Values names;
    for (const auto& [id, day] :
         Rows<Id, Date>{"select id, on_date from raadspost_plan_simulation where id in {}", simulations})
        names[id] = day_in_words(day);
    return names;
}

Values summaries(const Ids& simulations) {
    Values found;
    for (const auto& [id, appeal] :
         Rows<Id, Id>{"select id, appeal from raadspost_plan_simulation where id in {}", simulations})
        found[id] = plan_summary(appeal, id);
    return found;
}

void forget_old() {
    const DateTime before = now() - kept_for;
    execute(
        "delete from raadspost_plan_line where simulation in ("
        "select id from raadspost_plan_simulation where made_at < {})",
        before);
    execute("delete from raadspost_plan_simulation where made_at < {}", before);
}

std::string simulate_on_date(Session& session) {
    Record form = session.form("start");
    const Date on = form.at<Date>("on_date");
    if (on < dutch_today()) throw UserError{"msg_simulate_past"};
    const Ids appeals = session.active_ids();
    if (appeals.empty()) throw UserError{"msg_appeal_save_first"};
    forget_old();
    form.set("simulation", simulate(appeals.front(), on));
    return "open";
}

// Refines the action to the one simulation.
Dict of_this_simulation(Session& session, Dict&) {
    const Id simulation = session.form("start").at<Id>("simulation");
    return {{"res_id", Ids{simulation}}};
}

}  // namespace

Model plan_simulation() {
    return Model{"raadspost.plan.simulation", "Simulation of the Plan"}
        .stored()
        .shown()
        .ordered_by("made_at", "DESC")
        .named_by(simulation_names, {"appeal"})
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}
                   .required()
                   .readonly()
                   .on_delete("CASCADE")
                   .indexed())
        .field(DateField{"on_date", "As If It Were"}.required().readonly())
        .field(DateTimeField{"made_at", "Made At"}.readonly())
        .field(Many2One{"made_by", "res.user", "Made By"}.readonly().on_delete("RESTRICT"))
        .field(Function{Text{"summary", "Result"}, summaries})
        .field(One2Many{"lines", "raadspost.plan.line", "simulation", "Lines"}.readonly().option(
            "order", List{List{"council", "ASC"}, List{"step.sequence", "ASC"}}));
}

Model plan_simulation_start() {
    return Model{"raadspost.plan.simulate.start", "Simulate the Plan"}
        .shown()
        .field(DateField{"on_date", "As If It Were"}
                   .required()
                   .starts_as(Start{[] { return Value{dutch_today()}; }})
                   .help("What is planned until then has been sent, and nobody has answered."))
        .field(Many2One{"simulation", "raadspost.plan.simulation", "Simulation"}.readonly());
}

Wizard simulate_plan() {
    return Wizard{"raadspost.plan.simulate"}
        .form("start", "raadspost.plan.simulate.start", "raadspost.plan_simulation_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Simulate", "simulate", "tryton-ok", true}})
        .step("simulate", simulate_on_date)
        .action("open", "raadspost.act_plan_simulation", of_this_simulation);
}

}  // namespace raadspost::crm
