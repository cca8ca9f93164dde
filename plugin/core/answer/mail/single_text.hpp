// Most answers are one text and no more: for them a whole MIME parser is not needed, which costs more than
// all that is read out of them. Only plain cases are taken here, by their exact forms; whatever is unusual is
// left to the parser (parts.hpp), and both must give the same (tests/fuzz/fuzz_read_mail.cpp). Pure; safe on
// any thread.
#pragma once

#include "core/no_host.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace raadspost::answer::mail {

// What of a text part decides how it is read (RFC 2045 5.1, RFC 3676 4).
struct TextForm {
    bool html = false;
    std::string charset;
    bool flowed = false;
    bool delete_space = false;
};

enum class TransferEncoding { identity, quoted_printable, base64 };

struct SingleText {
    TextForm form;
    TransferEncoding encoding = TransferEncoding::identity;
    std::string_view content;  // as transferred
};

// Nothing where the message is no single text, or not plainly one. `bytes`: its MIME headers, an empty line,
// its body (structure_fields); with LF line ends.
std::optional<SingleText> single_text(std::string_view bytes);

}  // namespace raadspost::answer::mail
