// Every record type and wizard of the module, one line each, in alphabetical order; module.cpp wires them.
// Each is defined in the source file of its concept. [gil-held] when the module is registered.
#pragma once

#include "tryton/model.hpp"
#include "tryton/wizard.hpp"

namespace raadspost::crm {

tryton::Model appeal();
tryton::Model appeal_council();
tryton::Model approval_sample();
tryton::Model approval_start();
tryton::Model attachment();
tryton::Model case_record();
tryton::Model event();
tryton::Model recipient();
tryton::Model signatory();
tryton::Model step();

tryton::Wizard approve_appeal();

}  // namespace raadspost::crm
