// What people do with received messages: accept what is proposed, correct it, set it aside, take it back. The
// same way as the machine's: the row says what the message means, settling.hpp makes it stand. Whatever a
// person decided is theirs; newer rules do not touch it. What they said beside what the machine said is kept
// as an example (raadspost.example), by which rules are scored. [gil-held], inside a transaction; all throw
// UserError with a sentence, and change nothing then.
#pragma once

#include "crm/triage/settling.hpp"

#include <optional>
#include <string>

namespace raadspost::crm {

// As it stands: a redirect goes to the address that it names, and what was sent goes there. UserError
// msg_answer_no_case where a person's word has no case, msg_answer_forged for what is forged,
// msg_answer_unread.
void accept(tryton::Id message);

struct Correction {
    tryton::Id case_id = 0;  // 0: of no case
    Kinds kinds;             // at least one; the most important first
    std::string list_number, disposal, case_number, redirect_to;
    std::optional<tryton::Date> list_date, meeting_date, absent_until;
};
// Of a forged message, too: a person may know better.
void correct(tryton::Id message, const Correction& correction);

// Nothing of it concerns an appeal, or nothing is to be done: whatever stands because of it is taken back.
void set_aside(tryton::Id message);

// Everything that stands because of it is taken back, and it is proposed again.
void take_back(tryton::Id message);

// For events: those whose message has something standing. And taking that back by its event.
tryton::Ids messages_of(const tryton::Ids& events);

}  // namespace raadspost::crm
