// The words of a set of rules, each a pattern over folded text that is read as whole words. Internal to
// rules.cpp. Built first, then read-only: safe on any thread.
#pragma once

#include "core/answer/patterns/pattern_set.hpp"
#include "core/answer/rules.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

class RuleMatcher {
public:
    RuleMatcher();
    // The next pattern, to be read as whole words; its bit is 1 + the number of those before it (bit 0 is the
    // question mark's). What is wrong with it, or nothing.
    std::string add(std::string_view pattern);
    // Of all those only the used ones are looked for: many words are but pieces of others.
    std::string compile(const Words& used);
    // Used words that may occur, and those of them that do.
    FoundPatterns found_in(std::string_view folded) const;
    std::vector<FoundPatterns> found_in(std::span<const std::string_view> folded) const;
    // Whether one occurs that is possible and not certain.
    bool occurs_in(std::string_view folded, const FoundPatterns& found, std::uint16_t word) const {
        return patterns_.matches(word, folded, found);
    }

private:
    FoundPatterns used_of(FoundPatterns found) const;

    PatternSet patterns_;             // each at its word's bit
    std::vector<std::string> words_;  // until compile()
    Words used_;
};

}  // namespace raadspost::answer
