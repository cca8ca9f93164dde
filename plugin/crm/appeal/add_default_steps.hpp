// Lays out the steps that an appeal is usually followed up by (core/appeal/default_steps.hpp), for staff to
// change. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

namespace raadspost::crm {

// Behind the steps that are there; what the appeal has by that name stays as it is. Throws UserError unless
// it is a draft.
void add_default_steps(const tryton::Ids& appeals);

}  // namespace raadspost::crm
