// What an answer may mean by its words alone: a logistic regression over words, pairs of words and beginnings
// of words, whose weights (manifests/rules/nl.guesses) were learnt from labelled answers by
// tests/core/answer/make_guesses.py. It stands beside the rules, which it may complete or put in doubt
// (weighing.hpp); by itself it settles nothing. It cannot tell "not" from "not only". Pure; safe on any
// thread.
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
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_guess_features = 20'000;
inline constexpr std::size_t max_guess_words = 1000;  // of an answer; what is behind them is not looked at

struct Likelihood {
    Kind kind;
    double likely;         // 0 to 1; of each kind apart, so that they do not add up to anything
    std::size_t sentence;  // the one that weighs most
};

class Guesses {
public:
    // Problems carry the line: guesses_kinds_missing, guesses_line_bad, guesses_too_many.
    static Result<Guesses> parse(std::string_view text);

    // Of each kind, in the order of the file; empty where no word of the text is known.
    std::vector<Likelihood> likelihoods(std::span<const Sentence> text) const;

private:
    // Looked up by what is not yet a string: nothing is allocated per feature.
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    Guesses() = default;

    std::vector<Kind> kinds_;
    std::vector<std::int16_t> weights_;  // of the first feature for each kind, of the second, ...
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> features_;  // to their number
};

// The weights that come along.
const Guesses& default_guesses();

}  // namespace raadspost::answer
