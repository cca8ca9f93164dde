// What one pass over a text tells of many patterns (pattern_set.hpp).
#pragma once

#include "core/no_host.hpp"

#include <bitset>
#include <cstdint>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_patterns = 256;  // of one set

using PatternBits = std::bitset<max_patterns>;

struct FoundPatterns {
    PatternBits possible;  // may match: all that do, and some more
    PatternBits certain;   // do match
    // Where a string stands with which matches of a pattern begin. Of patterns of whole words.
    struct Start {
        std::uint32_t begin;
        std::uint8_t pattern;
    };
    std::vector<Start> starts;
};

}  // namespace raadspost::answer
