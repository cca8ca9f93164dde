// What a person decides in the triage form about a received message, on its way to what the CRM does with it
// (crm/triage/triage.hpp). [gil-held], inside a transaction.
#pragma once

#include "crm/triage/triage.hpp"

namespace raadspost::crm {

// As the message stands: the machine's proposal, or what a person said before.
Correction proposal_of(tryton::Id message);

// Accepts the message where that is what stands, else corrects it. Nothing, and false, when somebody settled
// it meanwhile or it is gone; throws UserError as accept() and correct() do.
bool judge(tryton::Id message, const Correction& judgement);

}  // namespace raadspost::crm
