// What somebody answered on a public page becomes records: outcomes with their evidence where the griffie
// itself answers, and a line for staff where it is somebody else, who may hold a forwarded link. A wish for
// no more mail becomes a suppression of the mailbox that was written to. All of it can be done twice without
// counting twice. [gil-held], inside one short transaction (tryton::in_short_transaction), after
// lock_message.
#pragma once

#include "crm/public_pages/message_facts.hpp"

#include <string>

namespace raadspost::crm {

// How an answer came; evidence only.
struct Click {
    tryton::DateTime at;
    std::string browser;  // the User-Agent header: hostile text
    bool likely_scanner = false;
    bool one_click = false;  // by a mail client (RFC 8058)
};

// Two answers to one message at once: the second waits for the first, and then sees what it did.
void lock_message(tryton::Id dispatch);

// Whether a person must look at it before it counts.
bool waits_for_a_person(const public_pages::Answer& answer);

void record_answer(const PublicMessage& message, const public_pages::Answer& answer, const Click& click);
void record_unsubscribe(const PublicMessage& message, public_pages::Stop stop, const Click& click);

}  // namespace raadspost::crm
