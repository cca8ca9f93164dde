// Reads an alternative of a pattern as phrases (phrases.hpp), in which parts may still be empty strings: two
// gaps with nothing between. Internal to phrases.cpp. Pure; safe on any thread.
#pragma once

#include "core/answer/patterns/phrases.hpp"
#include "core/no_host.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

// Nothing where it says anything else, or would become too much. `octets_left`: how many may still be copied;
// less behind it.
std::optional<std::vector<Phrase>> read_phrases(std::string_view alternative, std::size_t& octets_left);

// Whether a word begins where the string does, for sure.
bool begins_word(const std::string& text);

inline bool is_mark(char c) {
    return c > ' ' && c < 0x7F && !is_word_octet(c);
}

}  // namespace raadspost::answer
