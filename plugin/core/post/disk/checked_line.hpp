// A line with its own checksum, as journal and ledger write it: words apart by one space, then eight hex
// digits of a CRC-32 and a line feed. The checksum goes on from the line before (the first from 0), so that a
// line that is lost, doubled or moved is seen as well as one that is spoilt. Pure functions.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include "core/no_host.hpp"

namespace raadspost::post {

// A chain is the checksum of the last line so far.
using Chain = std::uint32_t;

// `body` holds no line feed. The chain moves on.
std::string checked_line(std::string_view body, Chain& chain);

// What stood at the front of a file's remaining bytes.
enum class LineFound { good, unfinished, spoilt, end };

// Takes one line off `bytes`. good: `body` is set, chain and bytes move on. unfinished: there is no line feed
// any more. spoilt: a whole line whose checksum does not fit. Only good moves anything.
LineFound take_line(std::string_view& bytes, std::string_view& body, Chain& chain);

// Takes the first word off `text`, and the space behind it; empty at the end.
std::string_view take_word(std::string_view& text);

// Takes a word that is a number as a whole; false leaves `value` open.
template <class Number>
bool take_number(std::string_view& text, Number& value, int base = 10) {
    const std::string_view word = take_word(text);
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, base);
    return error == std::errc{} && end == word.data() + word.size();
}

// Any bytes as one word: what is not a printable ASCII letter, and '%', becomes %XX; the empty text becomes
// "-" (a lone "-" %2D).
std::string as_word(std::string_view text);
bool from_word(std::string_view word, std::string& text);

}  // namespace raadspost::post
