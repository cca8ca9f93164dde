// Whether a step of an appeal waits for the approval of a second person. [gil-held], inside a transaction.
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

tryton::Values has_step_to_approve(const tryton::Ids& appeals);

}  // namespace raadspost::crm
