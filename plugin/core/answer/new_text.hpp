// What the writer of a reply wrote himself, apart from what he quotes and what stands below his name. By the
// forms that mail programs give to quotations in the languages that reach a Dutch mailbox, not by comparing
// with what was sent: so it works for forwarded and altered copies too. Where it is in doubt it rather takes
// too much for quoted than an appeal for an answer. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer {

struct NewText {
    std::string written;    // without blank lines at either end; where answers stand between quoted lines,
                            // these are kept as they are ("> ..."): they are not the writer's
    std::string quoted;     // the answered or forwarded message, from its attribution or headers on
    std::string signature;  // names with telephone numbers and addresses, "Verstuurd vanaf mijn iPhone"
    std::string disclaimer;
};

// `text` is UTF-8 with LF line ends (Received::text). Linear in its length.
NewText new_text(std::string_view text);

}  // namespace raadspost::answer
