// plan_simulation.cpp - the plan as it would be on another day, facts as they are now: kept apart from the
// plan.
#include "crm/entities.hpp"
#include "tryton/rows.hpp"

#include <fmt/core.h>

namespace raadspost::crm {

using namespace tryton;

namespace {

Values simulation_names(const Ids& simulations) {
    Values names;
    for (const auto& [id, day] :
         Rows<Id, Date>{"select id, on_date from raadspost_plan_simulation where id in {}", simulations})
        names[id] = fmt::format("{:02}-{:02}-{:04}", static_cast<unsigned>(day.day()),
                                static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
    return names;
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
        .field(Text{"summary", "Result"}.readonly())
        .field(One2Many{"lines", "raadspost.plan.line", "simulation", "Lines"}.readonly());
}

}  // namespace raadspost::crm
