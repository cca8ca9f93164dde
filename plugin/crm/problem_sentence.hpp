// Problems of the core as sentences in the user's language, with their place in the user's words. [gil-held],
// inside a transaction.
#pragma once

#include "core/result.hpp"

#include <string>

namespace raadspost::crm {

// The sentence msg_<problem.id> of message.xml; the problem's own English where there is none.
std::string sentence(const Problem& problem);

// "message, line 3, column 14" in the user's language; other places unchanged.
std::string place_in_words(const std::string& place);

}  // namespace raadspost::crm
