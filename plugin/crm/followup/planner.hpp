// Planning in the CRM: loads the facts, asks the core for the plan, and writes what changed - the lines that
// staff see, and for appeals that run the dispatches with the cases that they cover. What left the planner's
// hands is never touched. Run by buttons and by the daemon; two at once wait for each other. [gil-held],
// inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace raadspost::crm {

struct PlanCounts {
    std::int64_t appeals = 0, lines = 0,
                 changed = 0;  // changed: lines that say something new, and dispatches
};

// These appeals, or all that are not closed. With a gap between messages the running ones are planned along,
// since they push each other aside. A draft is planned as if it started now, and gets no dispatches.
PlanCounts plan_appeals(const tryton::Ids& appeals = {}, std::optional<tryton::DateTime> now = {});

// An appeal that is being started: its state says so only after this.
PlanCounts plan_started(tryton::Id appeal);

// These councils' part of the plan only, after something about them changed.
PlanCounts plan_councils(const tryton::Ids& councils);

// What the plan would be on that morning, if all that is planned until then left on its day and nobody
// answered: lines of their own. Gives the id of the simulation.
tryton::Id simulate(tryton::Id appeal, tryton::Date on);

// One run of the planner's loop, recorded for the screens; nothing when another one plans at this moment, or
// has just done so.
void run_planner();

// Whether the planner ran within the last minutes: nothing planned is sent by a plan that nobody keeps up.
bool plan_is_kept_up();

}  // namespace raadspost::crm
