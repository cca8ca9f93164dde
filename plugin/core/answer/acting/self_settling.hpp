// What the machine may settle without a person, and how soon a person should look. By the ladder of trust
// (match.hpp): what is proven settles by itself; a report of delivery touches only the dispatch that its
// signed address or our Message-ID names; all else is proposed; what is forged changes nothing. Pure; safe on
// any thread.
#pragma once

#include "core/answer/reading.hpp"

#include <span>
#include <string>
#include <string_view>

namespace raadspost::answer {

// Below this nothing settles by itself, in percent.
inline constexpr int sure_enough = 80;

// The least sure of what was found, match and kinds.
int percent_of(const Reading& reading);

// The address that a report names where it is not the mailbox that we wrote to: of its own making, or of
// somebody behind that mailbox. Its failure is not the mailbox's.
std::string other_address(const Clues& clues, std::string_view mailbox);

// `sent` as given to read().
bool settles_itself(const Reading& reading, std::span<const SentMail> sent);

// Logged or not, somebody is to do something about it.
bool asks_for_a_person(Kind kind);

// 0 to 100, the highest first: somebody waits for an answer; something may be wrong; it can be looked at
// later.
int urgency(const Reading& reading);

}  // namespace raadspost::answer
