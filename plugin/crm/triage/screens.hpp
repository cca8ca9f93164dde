// What triage adds to the host beside received messages themselves, as entities.hpp has it for the rest: the
// wizard that judges one message after another, and the rules for answers. [gil-held], once when the module
// is registered.
#pragma once

#include "tryton/model.hpp"
#include "tryton/wizard.hpp"

namespace raadspost::crm {

tryton::Model answer_rules();
tryton::Model answer_rules_difference();
tryton::Model triage_done();
tryton::Model triage_message();

tryton::Wizard triage();

}  // namespace raadspost::crm
