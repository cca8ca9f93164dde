// The body of a composed message with the header that tells its kind: text, or text and HTML as alternatives,
// then the files. Its parts are always the same three, so they are put together here as text; GMime's tree of
// objects for them, with a filter at each level, took longer than all the rest of composing. Quoted-printable
// is GMime's. Pure; safe on any thread.
#pragma once

#include <string>

#include "core/no_host.hpp"
#include "core/post/compose.hpp"

namespace raadspost::post::mime {

// Writes behind the other header lines, ending in CRLF. The mail's values were checked before.
void append_body(std::string& message, const Mail& mail);

}  // namespace raadspost::post::mime
