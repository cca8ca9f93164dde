// The plan of an appeal in words and numbers: for each step how many councils get it and when, and each
// reason why the others do not, with its number; together the number of councils. [gil-held], inside a
// transaction.
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

// `simulation` 0: the plan itself.
std::string plan_summary(tryton::Id appeal, tryton::Id simulation = 0);

// For appeals: the plan itself; "" while there is none.
tryton::Values plan_summaries(const tryton::Ids& appeals);

}  // namespace raadspost::crm
