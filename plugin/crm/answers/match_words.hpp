// Why a case is proposed for a message, in words: what is stored is the clue's name and its evidence
// ("sender: griffie@kerndorp.example", core/answer/match.hpp). [gil-held], inside a transaction.
#pragma once

#include <string>

namespace raadspost::crm {

// "the address of the sender: griffie@kerndorp.example"; what is no clue's name stays as it is.
std::string match_in_words(const std::string& stored);

}  // namespace raadspost::crm
