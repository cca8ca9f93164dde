// Decisions of staff about the plan, and taking them back. [gil-held], inside a transaction.
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

const tryton::Choices& plan_decisions();  // of staff: hold, skip, now, again

// For events: whether it logs a decision or an approval that stands and can be taken back.
tryton::Values undoable(const tryton::Ids& events);

// Takes back what these events log, and logs that. Throws UserError with a sentence once a mail has left
// because of it; what has not left yet waits.
void undo(const tryton::Ids& events);

// What waits for nothing but the relay is called back, so that it is planned anew: dispatches of this step
// that no sender has at the moment. council 0: every council's.
void call_back(tryton::Id step, tryton::Id council, std::string_view reason);

}  // namespace raadspost::crm
