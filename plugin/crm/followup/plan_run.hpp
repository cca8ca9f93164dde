// Whether the planner runs, and how its last run went: staff must hear of it where they look. [gil-held],
// inside a transaction.
#pragma once

#include "tryton/model.hpp"

namespace raadspost::crm {

// A sentence; "" while all is well.
std::string planner_trouble();

// For appeals: the trouble of those that are running.
tryton::Values planner_troubles(const tryton::Ids& appeals);

// The last run as fields of a screen: when, how long, with what result.
void add_last_run(tryton::Model& model);

}  // namespace raadspost::crm
