// Pages that say why there is no page: one for every link that leads nowhere, whatever the cause, and those
// for too much asked, too busy, and a body that is no form of ours. They show nothing of any message. Pure
// functions: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>

namespace raadspost::public_pages {

enum class Notice {
    unknown_link,    // wrong, expired, revoked, of another installation: all alike
    too_often,       // more than limits.hpp allows
    busy,            // the gate is shut, or the host cannot answer now
    not_understood,  // a body that is no form of ours, or too large a one
    not_kept,        // the message itself is no longer kept
};

// Made once; the same bytes each time.
const std::string& notice_page(Notice notice);
int status_of(Notice notice);

}  // namespace raadspost::public_pages
