// Which of a set of patterns a text may have (pattern_set.hpp), or has (phrase_search.hpp).
#pragma once

#include "core/no_host.hpp"

#include <bitset>
#include <cstddef>

namespace raadspost::answer {

inline constexpr std::size_t max_patterns = 256;  // of one set

using PatternBits = std::bitset<max_patterns>;

struct FoundPatterns {
    PatternBits possible;  // may match: all that do, and some more
    PatternBits certain;   // do match
};

}  // namespace raadspost::answer
