// plan_run.cpp - the planner's last runs, for the screens that must say whether it runs at all.
#include "crm/entities.hpp"

namespace raadspost::crm {

using namespace tryton;

Model plan_run() {
    return Model{"raadspost.plan.run", "Run of the Planner"}
        .stored()
        .shown()
        .ordered_by("id", "DESC")
        .named_by("host")
        .field(DateTimeField{"started_at", "Started At"}.required().readonly())
        .field(Float{"duration", "Duration (Seconds)"}.digits(8, 3).readonly())
        .field(Integer{"appeals", "Appeals"}.readonly())
        .field(Integer{"lines", "Lines"}.readonly())
        .field(Integer{"changed", "Changed"}.readonly())
        .field(Char{"trouble", "Trouble"}.readonly())
        .field(Char{"host", "Machine"}.readonly());
}

}  // namespace raadspost::crm
