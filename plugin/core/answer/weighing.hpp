// What the rules found, weighed against what the words of an answer make likely (guesses.hpp). Neither is
// enough alone: the rules know denial, condition and who does what, but only the wordings that somebody
// thought of; the words know the drift of any wording, but not every "not". So each kind has a score out of
// both, and only what both bear out is as sure as its rule says: what one of them doubts settles nothing by
// itself and waits for a person. So does what may say something else besides, by the whole or by any
// sentence: of "passed on; who can be called?" the question must not be lost. The figures were chosen on
// answers that neither rules nor words were made of (tests/core/answer/unseen_*.tsv, which flatters what is
// measured there a little). A rule of 100 percent is somebody's last word: it holds
// whatever the words make likely; from 97 on its kind stands, and what the words doubt waits for a person.
// Pure; safe on any thread.
#pragma once

#include "core/answer/acting/self_settling.hpp"
#include "core/answer/classify.hpp"
#include "core/answer/rules/guesses.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr int most_sure_guess = 45;      // percent, of what no rule found
inline constexpr int last_word = 100;           // percent of a rule that is not weighed
inline constexpr int firm_word = 97;            // of one whose kind stands, though it may be doubted
inline constexpr double share_of_rules = 0.25;  // of a kind's score; the words' likelihood is the rest
inline constexpr double enough_together = 0.5;  // a score with which a kind stands beside others
inline constexpr double enough_alone = 0.05;    // the best one, where none has enough
inline constexpr double likely_enough_to_settle = 0.8;    // each kind found
inline constexpr double likely_enough_of_receipt = 0.4;   // as little hangs on it
inline constexpr double unlikely_enough_to_settle = 0.2;  // every other one, whoever asks: Likelihood::most
inline constexpr std::string_view guess_rule = "guess";   // names no rule
static_assert(most_sure_guess < sure_enough && most_sure_in_doubt < sure_enough && firm_word < last_word);

// `by_rules` as classify() gives them, and in that order; empty `likely` changes nothing. A finding that no
// rule led to has the rule `guess_rule`.
std::vector<Finding> weighed(const std::vector<Finding>& by_rules, std::span<const Likelihood> likely,
                             std::span<const Sentence> text);

// What a text says by these rules and the weights that come along.
std::vector<Finding> understood(const Rules& rules, std::span<const Sentence> text);

}  // namespace raadspost::answer
