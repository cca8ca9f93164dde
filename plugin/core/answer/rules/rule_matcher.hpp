// The words of a set of rules, each a pattern over folded text that is read as whole words: what is nothing
// but phrases is looked for as such (phrase_search.hpp), the rest by RE2. Internal to rules.cpp. Built first,
// then read-only: safe on any thread.
#pragma once

#include "core/answer/patterns/found_patterns.hpp"
#include "core/answer/patterns/pattern_set.hpp"
#include "core/answer/patterns/phrase_search.hpp"
#include "core/answer/rules.hpp"

#include <array>
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
    std::string add(std::string_view pattern);  // max_rule_words of them at most
    // Of all those only the used ones are looked for: many words are but pieces of others.
    std::string compile(const Words& used);
    // Used words that may occur, and those of them that do.
    FoundPatterns found_in(std::string_view folded) const;
    std::vector<FoundPatterns> found_in(std::span<const std::string_view> folded) const;
    // Whether one occurs that is possible and not certain.
    bool occurs_in(std::string_view folded, std::uint16_t word) const {
        return rests_.matches(rest_of_[word], folded);
    }

private:
    FoundPatterns together(const PatternBits& by_phrases, const PatternBits& possible_rests) const;

    PhraseSearch phrases_;  // each at its word's bit
    PatternSet rests_;      // of the words that are more than phrases
    std::vector<std::uint8_t> word_of_rest_;
    std::array<std::uint8_t, max_patterns> rest_of_{};
    std::vector<std::string> words_;  // until compile()
};

}  // namespace raadspost::answer
