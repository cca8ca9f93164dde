// The plan as staff see it: for each step of an appeal and each council what comes next, or the one reason
// why nothing does. The rows are the planner's (planner.hpp); here are the words for them. [gil-held], except
// the lists of choices.
#pragma once

#include "tryton/field.hpp"

#include <string>

namespace raadspost::crm {

// Key and English label. The keys are those of core/followup/reason.hpp and a few that only the CRM knows.
const tryton::Choices& plan_reasons();
const tryton::Choices& plan_states();
const tryton::Choices& plan_moves();

// In the language of the user, as the lists show it; the key itself where there is none.
std::string label_of_choice(const std::string& model, const std::string& field, const std::string& key);

}  // namespace raadspost::crm
