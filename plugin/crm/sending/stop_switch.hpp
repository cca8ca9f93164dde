// The stop for all sending: thrown by an administrator, or by a sender that had better not go on; until an
// administrator resumes it. [gil-held], inside a transaction.
#pragma once

#include "core/result.hpp"
#include "tryton/value.hpp"

#include <optional>
#include <string>

namespace raadspost::crm {

// Nothing while it goes on.
struct AllStopped {
    std::string words;    // who stopped it when, or why it stopped itself
    std::string problem;  // the id of the problem for which a sender stopped all; empty where a person did
};
std::optional<AllStopped> all_stopped();

// By the present user, and told in the log. As buttons of whatever record.
tryton::Value stop_all_sending(const tryton::Ids&);
tryton::Value resume_all_sending(const tryton::Ids&);

// By a sender, which no user's rights hold back.
void stop_all_sending_for(const Problem& why);

}  // namespace raadspost::crm
