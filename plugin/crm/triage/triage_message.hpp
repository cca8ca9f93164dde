// A received message as triage shows it: who wrote what, which sentence decided, what the machine proposes
// and how sure it is. [gil-held], inside a transaction.
#pragma once

#include "tryton/model.hpp"

#include <string>

namespace raadspost::crm {

// The values that the form opens with, for one message.
tryton::Dict shown_for_triage(tryton::Id message);

// "Oosterduin, Een plek voor iedereen (2026)"; empty for none.
std::string case_in_words(tryton::Id case_id);

// What lists and forms of messages show beside what is stored - sender, kinds in words, text with marks - and
// the buttons with which a person judges.
void add_triage(tryton::Model& message);
// Of possible cases: the name by which one is chosen, and the case's alone.
tryton::Values candidate_names(const tryton::Ids& candidates);
tryton::Values candidate_cases(const tryton::Ids& candidates);
tryton::Values candidate_reasons(const tryton::Ids& candidates);
tryton::Values candidate_sureness(const tryton::Ids& candidates);

}  // namespace raadspost::crm
