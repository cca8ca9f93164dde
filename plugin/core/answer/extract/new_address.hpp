// The address that a writer says is to be used instead of the one that we used. Pure; safe on any thread.
#pragma once

#include "core/answer/rules/sentences.hpp"

#include <span>
#include <string>
#include <vector>

namespace raadspost::answer {

// The mailbox named in these sentences (those about another address), in lower case; none of `known` (ours,
// and the one that was written to). Empty if no other is named.
std::string new_address(std::span<const Sentence> text, std::span<const std::size_t> which,
                        std::span<const std::string> known);

// All mailboxes in a text, in lower case, in their order, at most max_addresses_in_text.
std::vector<std::string> addresses_in(std::string_view text);
inline constexpr std::size_t max_addresses_in_text = 50;

}  // namespace raadspost::answer
