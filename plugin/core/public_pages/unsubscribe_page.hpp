// The pages on which a griffie asks for no more mail: the question, and what was done. Opening it does
// nothing; nothing is chosen beforehand. A mail client's one click (RFC 8058) needs no page: it counts for
// the association that wrote. Pure functions: safe on any thread.
#pragma once

#include "core/public_pages/answer.hpp"

#include <optional>
#include <string>

namespace raadspost::public_pages {

// What a posted form asks to stop: nothing (chosen), or no value at all if the form is not understood. A form
// without fields and RFC 8058's one field both mean the association.
std::optional<Stop> read_unsubscribe(const Form& form);

std::string unsubscribe_page(const MessageFacts& facts, bool nothing_chosen = false);
std::string unsubscribed_page(const MessageFacts& facts, Stop stop);

}  // namespace raadspost::public_pages
