// The models that this module adds to the host, one function per concept in alphabetical order. Each makes a
// value that tells the fields and behaviour of one model; module.cpp hands them all to the host. Nothing here
// keeps state, so the order of calls does not matter. [gil-held], once when the module is registered.
#pragma once

#include "tryton/model.hpp"
#include "tryton/wizard.hpp"

namespace raadspost::crm {

tryton::Model appeal();
tryton::Model appeal_council();
tryton::Model approval_sample();
tryton::Model approval_start();
tryton::Model association();
tryton::Model attachment();
tryton::Model case_record();
tryton::Model configuration();
tryton::Model council();
tryton::Model event();
tryton::Model griffie();
tryton::Model griffie_council();
tryton::Model meeting_place();
tryton::Model recipient();
tryton::Model signatory();
tryton::Model step();
tryton::Model suppression();
tryton::Model village();

tryton::Wizard approve_appeal();

}  // namespace raadspost::crm
