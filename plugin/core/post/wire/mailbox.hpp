// Which addresses may stand in an envelope or a header: the dot-atom subset of RFC 5321 4.1.2, ASCII only,
// without quoted local parts, address literals or source routes. What passes cannot carry a space, an angle
// bracket or a line end, so it can be put into MAIL FROM and RCPT TO as it is. SMTPUTF8 is not spoken. Pure
// functions.
#pragma once

#include <string_view>

#include "core/no_host.hpp"
#include "core/result.hpp"

namespace raadspost::post {

bool is_atext(char letter);               // RFC 5322 3.2.3: needs no quotes
bool is_domain(std::string_view domain);  // letters, digits, inner hyphens; labels of 1 to 63; at least one
bool is_mailbox(std::string_view address);

// Problem "mail_address_invalid" with `place` and the address; `place` names the header or the envelope's
// part.
Result<Done> check_mailbox(std::string_view place, std::string_view address);

}  // namespace raadspost::post
