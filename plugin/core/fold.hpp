// Folding of names, so that search forgives: "Súdwest-Fryslân" and "sudwest fryslan" fold alike, "'s-Gravenhage" sorts
// under G. Pure functions over UTF-8; bytes that are not UTF-8 are passed over. Safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost {

// Lower case, without diacritics; apostrophes vanish; every other run of punctuation or white space becomes one space;
// no space at either end. "'s-Gravenhage" -> "s gravenhage", "IJsselstein" -> "ijsselstein", "Coöperatie" -> "cooperatie".
std::string folded(std::string_view name);

// The key by which Dutch lists are sorted: folded, with a leading article ('s, 't, de, het, den only before a
// hyphen or after an apostrophe) moved behind. "'s-Gravenhage" -> "gravenhage s", "Den Haag" -> "den haag".
std::string sort_key(std::string_view name);

// A mailbox as a key: trimmed, ASCII-lower-cased. Two spellings of one mailbox give the same key.
std::string folded_mailbox(std::string_view address);

}  // namespace raadspost
