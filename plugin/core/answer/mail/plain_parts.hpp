// Most answers are a text, or a text with the same in HTML beside it: for them a whole MIME parser is not
// needed, which costs more than all that is read out of them. Only plain cases are taken here, by their exact
// forms; whatever is unusual is left to the parser (parts.hpp), and both must give the same
// (tests/fuzz/fuzz_read_mail.cpp). Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer::mail {

// What of a text part decides how it is read (RFC 2045 5.1, RFC 3676 4).
struct TextForm {
    bool html = false;
    std::string charset;
    bool flowed = false;
    bool delete_space = false;
};

enum class TransferEncoding { identity, quoted_printable, base64 };

// A text, or a multipart of such; it borrows from the bytes that it was found in.
struct PlainPart {
    TextForm form;
    TransferEncoding encoding = TransferEncoding::identity;
    std::string_view content;      // of a text, as transferred
    bool alternatives = false;     // its parts say the same (RFC 2046 5.1.4)
    std::vector<PlainPart> parts;  // one and more of a multipart, none of a text
};

// Nothing where the message holds anything but texts, or holds them not plainly. `bytes`: its MIME headers,
// an empty line, its body (structure_fields); with LF line ends.
std::optional<PlainPart> plain_parts(std::string_view bytes);

}  // namespace raadspost::answer::mail
