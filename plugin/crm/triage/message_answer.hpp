// The columns of a received message that tell what it means. [gil-held], while the module is registered.
#pragma once

#include "tryton/model.hpp"

namespace raadspost::crm {

void add_answer(tryton::Model& model);

}  // namespace raadspost::crm
