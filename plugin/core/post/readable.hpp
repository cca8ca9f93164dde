// A message made readable: what the CRM shows of a message's bytes. Text only, as mail is hostile: HTML is
// never handed out, attachments are named and measured, not unpacked. Parses with GMime within
// core/post/limits.hpp. Safe on any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/no_host.hpp"
#include "core/result.hpp"

namespace raadspost::post {

struct ReadablePart {
    std::string media_type;  // "application/pdf", lower case
    std::string file_name;   // as stated by the sender, without any folder; may be empty
    std::size_t bytes;       // decoded size
};

struct Readable {
    std::string subject;
    std::string from;
    std::string to;
    std::string date;        // as written in the header
    std::string message_id;  // without angle brackets
    std::string text;        // the first text/plain part that is not an attachment, in UTF-8, LF line ends
    std::vector<ReadablePart> parts;  // leaves in order of appearance
};

// Problem ("message_too_large", "message_unreadable") when a limit is exceeded or there is no message in the
// bytes; the caller still has the raw bytes to offer.
Result<Readable> read_readable(std::string_view bytes);

}  // namespace raadspost::post
