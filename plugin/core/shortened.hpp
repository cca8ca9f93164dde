// The beginning of a text, for a column, a log or a sentence that has room for so much. A pure function; safe on any
// thread.
#pragma once

#include "core/no_host.hpp"

#include <string_view>

namespace raadspost {

// At most so many bytes of it, and no character of UTF-8 cut in two.
inline std::string_view shortened(std::string_view text, std::size_t most) {
    std::size_t length = text.size() < most ? text.size() : most;
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
        --length;
    return text.substr(0, length);
}

}  // namespace raadspost
