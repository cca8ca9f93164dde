// Octets of mail as UTF-8, whatever their label says: Windows-1252 that calls itself ISO-8859-1 or US-ASCII,
// UTF-8 that calls itself Latin-1, nothing at all. The result is always valid UTF-8 for people to read: LF
// line ends, no NUL or other control, no-break spaces as spaces, without the invisible signs that part words
// or turn their direction. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer::mail {

// `charset` is the label as it came, perhaps empty, unknown or wrong. Never fails. Only character sets of a
// fixed list reach iconv: some rare ones of the C library have looped or aborted on hostile octets.
std::string to_utf8(std::string_view bytes, std::string_view charset);

// The same for what is UTF-8 already, or should be.
inline std::string cleaned(std::string_view text) {
    return to_utf8(text, "utf-8");
}

// Whether all of it is printable ASCII: such text is its own decoding.
bool is_printable_ascii(std::string_view text);

}  // namespace raadspost::answer::mail
