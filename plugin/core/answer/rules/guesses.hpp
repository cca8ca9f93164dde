// What an answer may mean by its words: two logistic regressions whose weights (manifests/rules/nl.guesses)
// were learnt from labelled answers by tests/core/answer/make_guesses.py. They look at words, pairs of words
// and beginnings of words, and at the words of the rules, each of which stands for many wordings of one thing
// ("councillors"): which of them occur, and which two in one clause. One sees the whole text, whose drift
// tells a refusal from a notice; the other each sentence by itself, as in a letter of many sentences one may
// decide. Half of what an answer is likely to mean comes from each. weighing.hpp says what counts more, this
// or a rule. Pure; safe on any thread.
//
// Format of the weights: "#" begins a comment line; "kinds <kind> ..." once, first; then per line a feature
// and its weight for each kind in hundredths, in the whole text and after those in a sentence. Features: a
// word of folded text ("0" for any number, "@" for an address, "?"), two words in a row joined by "_", the
// first five letters of a longer word and "*", "=" and the name of a rules' word, "=" and two such names of
// one clause joined by "+" in either order, and "-", which counts always.
#pragma once

#include "core/answer/kind.hpp"
#include "core/answer/patterns/large_pages.hpp"
#include "core/answer/rules.hpp"
#include "core/answer/rules/sentences.hpp"
#include "core/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_guess_features = 50'000;
inline constexpr std::size_t max_guess_kinds = 16;
inline constexpr std::size_t max_guess_words = 1000;  // of an answer; what is behind them is not looked at

struct Likelihood {
    Kind kind;
    double likely;         // 0 to 1; of each kind apart, so that they do not add up to anything
    double most;           // by the whole text or by a sentence; `likely` is the mean of both
    std::size_t sentence;  // the one that weighs most
};

class Guesses {
public:
    // Problems carry the line: guesses_kinds_missing, guesses_line_bad, guesses_too_many.
    static Result<Guesses> parse(std::string_view text);

    // Of each kind, in the order of the file; empty where no word of the text is known. `words`: of each
    // clause of the text, clause after clause (Searched); `names`: those of the words, by number
    // (Rules::words()).
    std::vector<Likelihood> likelihoods(std::span<const Sentence> text, std::span<const Words> words,
                                        std::span<const std::string> names) const;

private:
    // By a feature's key: 64 bits of its words. Where it stands is told by the last of them, and the first 32
    // are kept; no two in the file have the same. A text's own words meet one by chance once in a thousand
    // million times, and then weigh a little wrong.
    class Features {
    public:
        bool add(std::uint64_t key);  // as the next number; false where it is there
        std::optional<std::size_t> find(std::uint64_t key) const;
        void expect(std::uint64_t key) const;  // that it will be looked for soon: fetches it from memory
        std::size_t size() const { return size_; }

    private:
        struct Slot {
            std::uint32_t key = 0;
            std::uint32_t number_and_one = 0;  // 0 is none
        };
        static constexpr std::size_t slots = std::size_t{1} << 17;  // more than twice the features
        std::vector<Slot, LargePages<Slot>> slots_ = std::vector<Slot, LargePages<Slot>>(slots);
        std::size_t size_ = 0;
    };

    Guesses() = default;

    std::vector<Kind> kinds_;
    // Of each feature for each kind; what is behind the last kind is 0. Of one length, so that the compiler
    // adds several at once, and together one line of the cache.
    struct alignas(64) Weights {
        std::array<std::int16_t, max_guess_kinds> in_text{}, in_sentence{};
    };
    std::vector<Weights, LargePages<Weights>> weights_;
    Features features_;
};

// The weights that come along.
const Guesses& default_guesses();

}  // namespace raadspost::answer
