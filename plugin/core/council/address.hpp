// Mailboxes and web domains of councils: checking, taking apart, and proposing a griffie's mailbox where no
// register tells one (none does: the register publishes general mailboxes only). A proposal is a guess, and
// the caller must mark it unconfirmed. Pure functions, no look-ups over the network; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost {

// "heemstede.nl" out of "https://www.heemstede.nl/bestuur", "www.heemstede.nl" or "gemeente@heemstede.nl":
// lower case, without scheme, user, "www.", port and path. Empty when there is no domain with a dot in it.
std::string domain_of(std::string_view mailbox_or_url);

// A mailbox that may be written to: local part and domain of the usual characters (RFC 5321 4.1.2 without
// quoted strings and address literals), a dot in the domain, no control characters, at most 254 bytes. Says
// nothing on whether it works.
bool is_mailbox(std::string_view text);

// "griffie@heemstede.nl" first, then the other forms seen in use; empty when `website` holds no domain.
std::vector<std::string> proposed_griffie_mailboxes(std::string_view website);

// The first of them.
std::string proposed_griffie_mailbox(std::string_view website);

// "2101 HA" out of "2101ha" and the like; empty when it is no Dutch postcode.
std::string postcode_of(std::string_view text);

}  // namespace raadspost
