// Header lines as text, folded where they can be (RFC 5322 2.2.3), words beyond ASCII encoded (RFC 2047).
// GMime's objects for them took as long as all the rest of composing, passed CR and LF through in a
// Message-ID, chose iso-8859-1 by itself and folded inside addresses. Values were checked before: UTF-8, no
// control characters, addresses as in wire/mailbox.hpp. Pure; safe on any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/no_host.hpp"

namespace raadspost::post::mime {

// Each writes "Name: value" and CRLF behind what is there.

// Words to be read by people. Blanks come back as they were.
void append_words(std::string& headers, std::string_view name, std::string_view words);

// `person` may be empty. RFC 5322 3.4.
void append_mailbox(std::string& headers, std::string_view name, std::string_view person,
                    std::string_view address);

// RFC 5322 3.3, in UTC. False, and nothing is written, for a year outside 1900 to 9999.
bool append_date(std::string& headers, std::chrono::sys_seconds moment);

// As it stands: what a reader must find in one piece. Each '\n' begins a new line, behind it stands a blank.
void append_as_it_stands(std::string& headers, std::string_view name, std::string_view value);

}  // namespace raadspost::post::mime
