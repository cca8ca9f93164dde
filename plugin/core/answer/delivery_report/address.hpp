// Mailbox addresses in the text of a report and in its fields. Finds what looks like one; believes nothing.
// Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer::report {

struct FoundAddress {
    std::string address;  // the domain in lower case
    std::size_t begin = 0;
    std::size_t end = 0;  // within the text, without brackets or quotes
};

// The next local@domain.tld at or after `from`; an empty address if there is none. ASCII only.
FoundAddress find_address(std::string_view text, std::size_t from = 0);
std::vector<FoundAddress> find_addresses(std::string_view text);

// The address of a Final-Recipient or Original-Recipient field (RFC 3464 2.3.1 and 2.3.2): without its type,
// a source route, brackets and comments. Empty where it is none of the Internet's (X.400), or has no local
// part.
std::string field_address(std::string_view value);

bool same_address(std::string_view one, std::string_view other);  // without regard to case

}  // namespace raadspost::answer::report
