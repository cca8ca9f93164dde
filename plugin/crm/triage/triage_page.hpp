// An answer on the public page as triage shows it, between the messages: who said what, to be vouched for by
// Enter. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

namespace raadspost::crm {

// The values that the form opens with.
tryton::Dict page_answer_shown(tryton::Id page_answer);

// Takes it over, or settles it without. Nothing, and false, where somebody did so meanwhile.
bool judge_page_answer(tryton::Id page_answer, bool takes_over);

}  // namespace raadspost::crm
