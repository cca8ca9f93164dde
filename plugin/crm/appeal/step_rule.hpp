// The rule of a step: from which day it counts, to which councils it goes, within which days and how often.
// What each part means is told in core/followup/facts.hpp; here are its fields, and what may stand in them.
// [gil-held], inside a transaction.
#pragma once

#include "tryton/model.hpp"

namespace raadspost::crm {

void add_rule(tryton::Model& step);

}  // namespace raadspost::crm
