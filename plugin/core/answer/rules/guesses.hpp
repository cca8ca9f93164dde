// What an answer may mean by its words alone, for those that no rule understands: a logistic regression over
// words, pairs of words and beginnings of words, whose weights (manifests/rules/nl.guesses) were learnt from
// labelled sentences by tests/core/answer/make_guesses.py. It stands behind the rules, never above them: what
// it says is a proposal to a person and never sure enough to settle anything (most_sure_guess). It cannot
// tell "not" from "not only", and names one kind at most. Pure; safe on any thread.
//
// Format of the weights: "#" begins a comment line; "kinds <kind> ..." once, first; then per line a feature
// and its weight for each kind in hundredths. Features: a word of folded text ("0" for any number, "@" for an
// address, "?"), two words in a row joined by "_", the first five letters of a longer word and "*", and "-",
// which counts always.
#pragma once

#include "core/answer/kind.hpp"
#include "core/answer/rules/sentences.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_guess_features = 20'000;
inline constexpr std::size_t max_guess_words = 1000;  // of an answer; what is behind them is not looked at
inline constexpr int most_sure_guess = 45;            // percent; see sure_enough in acting/self_settling.hpp

struct Guess {
    Kind kind;
    int percent;           // 1 to most_sure_guess
    std::size_t sentence;  // the one that weighs most
};

class Guesses {
public:
    // Problems carry the line: guesses_kinds_missing, guesses_line_bad, guesses_too_many.
    static Result<Guesses> parse(std::string_view text);

    // Nothing where no kind but `other` is likelier than not.
    std::optional<Guess> guess(std::span<const Sentence> text) const;

private:
    using Weights = std::vector<std::int16_t>;

    Guesses() = default;
    const Weights* weights(std::string_view feature) const;

    std::vector<Kind> kinds_;
    std::map<std::string, Weights, std::less<>> features_;
};

// The weights that come along.
const Guesses& default_guesses();

}  // namespace raadspost::answer
