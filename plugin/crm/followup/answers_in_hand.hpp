// Answers that are here and that nobody has judged yet, as the planner asks about them: whoever answered
// yesterday gets no reminder today. Received messages that wait in triage, for their case or, where that is
// not known, for each that they may be about; and answers on the public page. Not what is forged, no
// automatic reply, receipt or report of delivery. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>
#include <vector>

namespace raadspost::crm {

struct AnswerInHand {
    tryton::Id appeal = 0, council = 0;
    std::string period;     // of the case
    bool may_stop = false;  // it asks for no more mail
};

// Empty councils: of all.
std::vector<AnswerInHand> answers_in_hand(const tryton::Ids& appeals, const tryton::Ids& councils);

// A message came in: what is ready for the cases that it may be about, and not yet with a sender, waits to be
// planned anew.
void call_back_for(tryton::Id message);
// What is ready for these councils' cases, or waits for another try, while an outcome or an answer in hand
// came since it was made: it is planned anew. Of all councils where none is named.
void call_back_answered(const tryton::Ids& councils);
// A message came to wait for a person, or waits no longer: calls back, and plans anew.
void plan_around_message(tryton::Id message);

}  // namespace raadspost::crm
