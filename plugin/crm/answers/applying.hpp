// What the machine does with what it read: writes the findings into the message's row, and settles what may
// be settled without a person (core/answer/acting/self_settling.hpp). Whatever asks something of people stays
// with them, its outcomes already logged: nobody is reminded of what they asked about. [gil-held], in the
// message's own transaction; doing it twice changes nothing.
#pragma once

#include "crm/answers/answer_reading.hpp"

namespace raadspost::crm {

void apply(tryton::Id message, const AnswerFound& found);

// By newer rules: also what the machine settled before. What a person decided, or took back, stays; whether
// it was taken.
bool apply_anew(tryton::Id message, const AnswerFound& found);

// What apply() would write about kinds, facts and case: by column, as text; for comparing readings.
struct AnswerRow {
    std::string trust, kinds, list_number, disposal, case_number, redirect_to, failure, failure_reason,
        failed_address;
    std::string deciding_line, rules;
    std::optional<tryton::Date> list_date, meeting_date, absent_until;
    tryton::Id case_id = 0, dispatch = 0, council = 0, appeal = 0, reply = 0;
    int percent = 0;
    bool settles = false;       // its effects stand without a person
    bool needs_person = false;  // and yet somebody has to look at it
    int urgent = 0;
};
AnswerRow row_of(const AnswerFound& found);

}  // namespace raadspost::crm
