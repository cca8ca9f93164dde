// Where on the list of incoming documents a letter stands, as the writer says it: its number, the list's
// date, what is proposed to do with it. Looks at the sentences it is given only (those about the list). Pure;
// safe on any thread.
#pragma once

#include "core/answer/rules/sentences.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer {

// "28", "T-09", "4.11", "III/5" as written, "17" for "zeventien"; empty if none is told. The number of an
// agenda item, an article, a case or a date is none.
std::string list_number(const Sentence& sentence);

// "ter kennisname", "in handen van het college", ... in a closed list of spellings; empty if none is told.
std::string disposal(std::string_view folded);

// A Dutch number in words up to ninety-nine, 0 for anything else: "zeventien" -> 17.
unsigned number_in_words(std::string_view folded_word);

}  // namespace raadspost::answer
