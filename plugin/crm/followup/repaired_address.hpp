// A message came back because its address did not work, and its griffie has another address now: the same
// step goes there, as its next occurrence. Of several steps that came back only the last, as nobody wants all
// of them at once. Every rule of the step still holds. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>

namespace raadspost::crm {

// For griffies whose address may have changed: decides so, logs it and plans anew; staff can undo it by its
// event. Does nothing where the step is decided upon already, or a later message has left.
void try_repaired_addresses(const tryton::Ids& griffies);

// A person believes that the office behind this dispatch is written to at another address from now on: its
// griffie gets it, and the step goes there. Nothing where that is its address already. UserError where it is
// none.
void move_to_address(tryton::Id dispatch, const std::string& address);

}  // namespace raadspost::crm
