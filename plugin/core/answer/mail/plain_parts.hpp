// Most answers are a text, or a text with the same in HTML beside it, and most reports a text, the groups of
// RFC 3464 and a copy of what was sent: for them a whole MIME parser is not needed, which costs more than all
// that is read out of them. Only plain cases are taken here, by their exact forms; whatever is unusual is
// left to the parser (parts.hpp), and both must give the same (tests/fuzz/fuzz_read_mail.cpp). Pure; safe on
// any thread.
#pragma once

#include "core/answer/mail/plain_header.hpp"
#include "core/no_host.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace raadspost::answer::mail {

// One part with those in it; it borrows from the bytes that it was found in.
struct PlainPart {
    PlainHeader header;
    std::string_view block;        // the lines of its header
    std::string_view content;      // as transferred
    std::vector<PlainPart> parts;  // of a multipart, one and more; of message/rfc822 the message
};

// Nothing where the message is not plain all through. `bytes`: its MIME headers, an empty line, its body
// (structure_fields); with LF line ends.
std::optional<PlainPart> plain_parts(std::string_view bytes);

}  // namespace raadspost::answer::mail
