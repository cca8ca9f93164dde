// The road of an appeal from draft to closed: the actions behind its buttons. Each checks, refuses with a
// sentence, and leaves an event; the host then writes the new state. [gil-held], inside a transaction.
#pragma once

#include "tryton/model.hpp"

namespace raadspost::crm {

// Adds states, transitions and buttons to the appeal.
void add_workflow(tryton::Model& appeal);

// Fields that only the buttons may change, whatever a client sends.
void guard_state(tryton::Model& appeal);

// Whether a person's program asks for this, and not the module itself: it may not change everything.
bool by_a_client();

}  // namespace raadspost::crm
