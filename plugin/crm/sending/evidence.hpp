// Evidence for what is uncertain: whoever names the Message-ID of a message has seen it, because nobody could
// guess it, so it was sent after all. The ledger hears of it before the database, as of any sent message.
// [gil-held], inside a transaction; may be repeated.
#pragma once

#include "tryton/value.hpp"

#include <functional>
#include <string>
#include <vector>

namespace raadspost::crm {

struct Evidence {
    std::vector<std::string> message_ids;  // without angle brackets; most name nothing of ours
    std::function<std::string()> text;     // for the log: "A copy was found in the folder Sent."
    tryton::Id message = 0;                // that was received; 0: none
};

// Dispatches and answers that are uncertain and bear one of the Message-IDs become sent. How many; those stay
// uncertain, with a line in the program's log, while the ledger cannot be written.
std::size_t settle_by(const Evidence& evidence);

}  // namespace raadspost::crm
