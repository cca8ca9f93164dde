// Contacts by other ways than mail - a letter, a telephone call, a meeting - and the wizard that logs them on
// a case. [gil-held], once when the module is registered.
#pragma once

#include "tryton/model.hpp"
#include "tryton/wizard.hpp"

namespace raadspost::crm {

tryton::Model contact();
tryton::Model contact_start();

tryton::Wizard log_contact();

}  // namespace raadspost::crm
