// Text as the rules see it: lower case, without diacritics and quotation marks, every run of white space one
// space, punctuation kept. Unlike raadspost::folded (names) each byte remembers where it came from, so that a
// number or an address found in it can be quoted as it was written. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

struct FoldedText {
    std::string text;                 // ASCII, save for letters of other scripts
    std::vector<std::uint32_t> from;  // per byte of `text`: the offset of its source; one more at the end

    // What stood in `source` for a piece of `text` (a view into it).
    std::string_view original(std::string_view source, std::string_view piece) const;
};

// `text` is UTF-8; bytes that are not are passed over. Dashes of any length become "-".
FoldedText folded_text(std::string_view text);

}  // namespace raadspost::answer
