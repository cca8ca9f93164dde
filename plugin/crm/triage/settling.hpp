// Settling a received message: what follows from its row (core/answer/acting/consequences.hpp) is made to
// stand, no more and no less, whether the machine or a person has put it there. Nothing here decides whether
// a message may be believed; that is applying.hpp for the machine and triage.hpp for people. [gil-held],
// inside a transaction.
#pragma once

#include "core/answer/acting/consequences.hpp"
#include "crm/triage/effect.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::crm {

using Kinds = std::vector<answer::Kind>;
Kinds kinds_of(std::string_view stored);  // "listed,to_college"
std::string stored(const Kinds& kinds);
// "op de lijst geplaatst, aan het college", in the language of the transaction.
std::string in_words(const Kinds& kinds);

enum class How { read, accepted, corrected, set_aside, undone, reread };

// Makes stand what the row says, or nothing (`nothing`; set aside, undone); logs it, and plans anew whom it
// concerns. Whether anything changed.
bool settle(tryton::Id message, How how, bool nothing = false);

}  // namespace raadspost::crm
