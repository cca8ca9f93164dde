// Finds which of many patterns may occur in a piece of text, in one pass: fixed pieces of the patterns
// ("atoms") are looked up, and only the patterns that can still match need be tried. Internal to rules.cpp.
// Built first, then read-only: safe on any thread.
#pragma once

#include "core/answer/rules.hpp"

#include <re2/filtered_re2.h>

#include <cstdint>
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
    // The words that may occur: all that do, and some more.
    Words possible_in(std::string_view folded) const;
    // Whether a used word does.
    bool occurs_in(std::string_view folded, std::uint16_t word) const;

private:
    void atoms_in(std::string_view folded, std::vector<int>& found) const;

    re2::FilteredRE2 patterns_;
    std::vector<std::string> wholes_;  // until compile()
    std::vector<std::uint16_t> bits_;  // of the patterns in patterns_
    std::vector<int> ids_;             // by bit: the pattern in patterns_
    std::vector<std::string> atoms_;
    std::vector<std::uint16_t> first_of_pair_;  // by the first two letters: 1 + where their atoms begin, or 0
    std::vector<int> atoms_by_pair_;            // runs of atoms, each with -1 behind
};

}  // namespace raadspost::answer
