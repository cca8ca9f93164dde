// What the rules found, weighed against what the words of an answer make likely (guesses.hpp). The rules know
// denial, condition and who does what, but only the wordings that somebody thought of; the words know the
// drift of any wording, but not what is denied. So the words speak where no rule held, add a kind of which
// they are nearly certain, take away what the rest of the answer belies, and put in doubt what they do not
// bear out: that settles nothing by itself then, and waits for a person. Pure; safe on any thread.
#pragma once

#include "core/answer/acting/self_settling.hpp"
#include "core/answer/classify.hpp"
#include "core/answer/rules/guesses.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr int most_sure_guess = 45;     // percent, of what no rule found
inline constexpr int most_sure_in_doubt = 75;  // percent, of what a rule found and the words do not bear out
inline constexpr double likely_to_stand_alone = 0.3;     // the likeliest, where no rule held
inline constexpr double likely_to_stand_together = 0.5;  // several, where no rule held
inline constexpr double likely_enough_to_add = 0.8;
inline constexpr double unlikely_enough_to_drop = 0.02;  // where another is likelier than not
inline constexpr double unlikely_enough_to_doubt = 0.1;
inline constexpr std::string_view guess_rule = "guess";  // names no rule
static_assert(most_sure_guess < sure_enough && most_sure_in_doubt < sure_enough);

// `by_rules` as classify() gives them, and in that order; empty `likely` changes nothing. A finding that no
// rule led to has the rule `guess_rule`.
std::vector<Finding> weighed(std::vector<Finding> by_rules, std::span<const Likelihood> likely,
                             std::span<const Sentence> text);

}  // namespace raadspost::answer
