// Header fields (RFC 5322, section 2.2) in their order, from a message, a delivery report's group or the
// headers that a report returns. Tolerant: a line that is no field is passed over. Pure; safe on any thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer::mail {

struct Field {
    std::string name;   // lower case
    std::string value;  // unfolded, not decoded, without NUL
};

// The fields of `bytes` up to the first empty line, at most limits::header_count.
std::vector<Field> read_fields(std::string_view bytes);

// Octets up to and with the first empty line; all of them if there is none.
std::size_t header_block_size(std::string_view bytes);

// The lines of those fields that say how the rest is made up (Content-*, MIME-Version) and the empty line
// after them.
std::string structure_fields(std::string_view header_block);

// Decoded by RFC 2047 - except the fields that programs read (Authentication-Results, Received, Message-ID,
// ...): an encoded word there could smuggle in what looks like another result or address.
Headers decoded(std::vector<Field> fields);

// Mailboxes of all fields of that name, parsed before anything in them is decoded; groups are taken apart.
std::vector<Address> addresses(const std::vector<Field>& fields, std::string_view name);
// The same of one value, always by GMime.
std::vector<Address> parsed_addresses(const std::string& value);

// Every <...> of the value; where there are no angle brackets, the words with an @.
std::vector<std::string> message_ids(std::string_view value);

struct WrittenAt {
    std::chrono::sys_seconds time;
    int utc_offset_minutes;
};
std::optional<WrittenAt> date(const std::string& value);
// The same by GMime, whatever form it has.
std::optional<WrittenAt> parsed_date(
    const std::string& value);  // RFC 5322, section 3.3, and what comes near to it

}  // namespace raadspost::answer::mail
