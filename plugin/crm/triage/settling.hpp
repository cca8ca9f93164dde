// What a received message means for the case that it belongs to, by its row: the kinds and facts that stand
// there, put there by the machine or by a person. One way for both: effects follow from the row, and the row
// is settled by making exactly these stand. Nothing here decides whether a message may be believed; that is
// applying.cpp for the machine and triage.hpp for people. [gil-held], inside a transaction.
#pragma once

#include "core/answer/kind.hpp"
#include "crm/triage/effect.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::crm {

// A step that came back for a reason that may pass goes once more after this long, so often.
inline constexpr std::chrono::days retry_after{4};
inline constexpr std::int64_t most_retries = 2;
// However long somebody says to be away, the plan waits no longer.
inline constexpr std::chrono::days longest_absence{60};

using Kinds = std::vector<answer::Kind>;
Kinds kinds_of(std::string_view stored);  // "listed,to_college"
std::string stored(const Kinds& kinds);
// "op de lijst geplaatst, aan het college", in the language of the transaction.
std::string in_words(const Kinds& kinds);

bool is_bounce(answer::Kind kind);
// Without a case such a message changes nothing: the word of a person about the appeal.
bool is_about_a_case(const Kinds& kinds);

enum class How { read, accepted, corrected, set_aside, undone, reread };

// Makes stand what the row says, or nothing (`nothing`; set aside, undone); logs it, and plans anew whom it
// concerns. Whether anything changed.
bool settle(tryton::Id message, How how, bool nothing = false);

// What would stand, by the row as it is.
std::vector<Effect> effects_of(tryton::Id message);

}  // namespace raadspost::crm
