// The two ways in which a header carries any text: in quotes (RFC 5322 3.2.4), or letter by letter in
// hexadecimal (RFC 2047's Q, RFC 2231). Pure; safe on any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/no_host.hpp"

namespace raadspost::post::mime {

std::string quoted(std::string_view text);

// The letter (of one to four bytes of UTF-8) that begins at `at`: ASCII letters, digits and what is `plain`
// as they are, others as `mark` and two digits a byte. Moves `at` behind it.
std::string encoded_letter(std::string_view text, std::size_t& at, char mark, std::string_view plain = {});

}  // namespace raadspost::post::mime
