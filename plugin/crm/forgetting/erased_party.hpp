// What of ours belongs to a party that staff erase (GDPR art. 17), and why it may not be erased yet. Nothing
// links a person to our records but what they are known by: a mail address, a telephone number, a name. Hence
// a griffie is somebody's when it names them, or when its mailbox bears their name; to a municipality's party
// belong the people of its griffies, to an association's its sender and letterhead. [gil-held], in a
// transaction; a handful of queries each.
#pragma once

#include "core/council/forgotten.hpp"
#include "tryton/value.hpp"

#include <string>
#include <vector>

namespace raadspost::crm {

struct ErasedParty {
    tryton::Id party = 0;
    Person person;                                // what texts name them by
    std::vector<std::string> personal_mailboxes;  // those that bear their name; an office's stays in use
    tryton::Ids councils, associations;           // whose party it is
    tryton::Ids means_of_contact;                 // of the host: addresses, numbers
    tryton::Ids griffies;                         // which name them
    tryton::Ids messages;                         // that came from one of their mailboxes
    tryton::Ids replies;                          // ours to those
    tryton::Ids dispatches;                       // to these griffies and mailboxes
};

ErasedParty erased_party(tryton::Id party);

// Throws UserError while something to them or in their name is under way.
void refuse_while_sending(const ErasedParty& erased);

}  // namespace raadspost::crm
