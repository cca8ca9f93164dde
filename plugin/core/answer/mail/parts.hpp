// The parts of a parsed message, walked to the values of core/answer/received.hpp: which of them are what the
// writer says, which a report or a copy, which are only attached. Internal to read_mail; one thread at a
// time.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <cstddef>
#include <string_view>

namespace raadspost::answer::mail {

// Fills the same as read_parts, and quicker where the message is plain (plain_parts.hpp). `bytes` begins with
// its structure_fields.
void read_message(std::string_view bytes, Received& received);

// Fills text, report, returned copies and attachments of `received` from a message within beyond_limits.
// `encoded_depth`: how many messages in base64 this one lay in.
void read_parts(std::string_view bytes, Received& received, std::size_t encoded_depth = 0);

}  // namespace raadspost::answer::mail
