// Escaping of values for the place where they land; the one spot where text from registers meets mark-up.
// Every function repairs UTF-8 on the way (a bad byte becomes U+FFFD), so that what follows may rely on it.
// Pure functions: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace raadspost::appeal {

// One code point at `at`, which moves behind it; U+FFFD and one byte further where the bytes are not UTF-8
// (overlong forms, surrogates and values above U+10FFFF included).
char32_t next_code_point(std::string_view text, std::size_t& at);
bool is_utf8(std::string_view text);

// C0, DEL, C1, and the line and paragraph separators: what must not stand in a header field.
bool is_control(char32_t point);

std::string escaped_text(std::string_view text);  // control characters dropped, but for newline and tab
std::string escaped_html(
    std::string_view text);  // the same, and & < > " ' as entities; fit for attributes too
std::string escaped_markup(
    std::string_view text);  // one line, trimmed, every ASCII punctuation mark made harmless

}  // namespace raadspost::appeal
