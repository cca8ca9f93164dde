// A message of our own, unpacked again: its two renderings and its attachments, out of the frozen bytes whose
// hash was checked (frozen.hpp). Not for mail of others: nothing here is measured against an attacker. Parses
// with GMime within core/post/limits.hpp. Safe on any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/no_host.hpp"
#include "core/result.hpp"

namespace raadspost::post {

struct OwnAttachment {
    std::string file_name;
    std::string media_type;  // "application/pdf"
    std::string bytes;
};

struct OwnMessage {
    std::string subject;
    std::string html, text;                  // UTF-8, LF line ends
    std::vector<OwnAttachment> attachments;  // as in the message: the letters first, a council each
};

// Problem "message_unreadable" when the bytes are no message.
Result<OwnMessage> unpack_own_message(std::string_view bytes);

}  // namespace raadspost::post
