// When each user last looked at the plan of an appeal, so that it can say what changed since. Who never
// looked finds all of it new. [gil-held], inside a transaction.
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

tryton::Values changed_since_last_look(const tryton::Ids& lines);
tryton::List search_changed(const std::string& op, const tryton::Value& operand);

// The button "Seen" of these appeals.
void looked_at(const tryton::Ids& appeals);

}  // namespace raadspost::crm
