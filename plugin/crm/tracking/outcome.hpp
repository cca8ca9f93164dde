// Outcomes of a case: its milestones, and which of them counts. [gil-held], inside a transaction.
#pragma once

#include "crm/tracking/furthest.hpp"

namespace raadspost::crm {

inline constexpr const char* entered_by_mistake = "retracted";

const tryton::Choices& outcome_kinds();
tryton::Choices outcomes_to_log();  // those that may have happened
const tryton::Choices& outcome_sources();

// Of a case: the furthest milestone that stands, and apart from it whether the council declined or wants no
// more; nothing where there is none.
const Furthest& progress();
const Furthest& refusal();
tryton::Values highest_outcomes(const tryton::Ids& cases);
tryton::Values refusals(const tryton::Ids& cases);

}  // namespace raadspost::crm
