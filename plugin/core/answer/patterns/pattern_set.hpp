// Many patterns over one text, of which few match: one pass finds those whose fixed pieces stand in the text,
// and only they need be tried. It changes nothing about what matches. Built first, then read-only: safe on
// any thread.
#pragma once

#include "core/answer/patterns/found_patterns.hpp"
#include "core/answer/patterns/piece_search.hpp"

#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

class PatternSet {
public:
    explicit PatternSet(const re2::RE2::Options& options) : options_{options} {}
    // Of patterns that match whole words only, as if "\b" stood on both sides. Fixed strings among them need
    // no automaton (fixed_strings.hpp). In Latin-1 and lower case.
    static PatternSet of_whole_words(re2::RE2::Options options);
    // Our own patterns, compiled. Throws logic_error where one cannot be used.
    PatternSet(const re2::RE2::Options& options, const std::vector<std::string>& patterns);

    // The next pattern; its number is how many there were before. What is wrong with it, or nothing.
    std::string add(std::string_view pattern);
    // What is wrong with all of them together, or nothing. Needed once, behind the last.
    std::string compile();

    PatternBits possible_in(std::string_view text) const { return found_in(text).possible; }
    FoundPatterns found_in(std::string_view text) const;
    // The same of each text.
    std::vector<FoundPatterns> found_in(std::span<const std::string_view> texts) const;
    // Whether one matches that is possible and not certain; sooner told where it is known what was found.
    bool matches(std::size_t which, std::string_view text) const;
    bool matches(std::size_t which, std::string_view text, const FoundPatterns& found) const;
    // The first of them in their order that matches.
    std::optional<std::size_t> first_in(std::string_view text) const;
    const re2::RE2& pattern(std::size_t which) const { return *patterns_[which]; }
    std::size_t size() const { return patterns_.size(); }

private:
    // What a piece that was found tells of a pattern; the pair is of pieces that must both be there.
    struct Meaning {
        enum class Tells : std::uint8_t { certain, possible, starts, starts_pair, ends_pair } tells;
        std::uint8_t pattern = 0;
        std::uint16_t pair = 0;
    };

    PatternSet(const re2::RE2::Options& options, PieceSearch::Words words)
        : options_{options}, whole_words_{words == PieceSearch::Words::marked}, pieces_{words} {}

    std::string add_pattern(std::string_view pattern);
    struct Findings;
    FoundPatterns told(Findings found, std::string_view text) const;
    bool add_alternative(std::string_view alternative);
    void add_pieces(const std::optional<std::vector<std::string>>& pieces);
    void add_piece(const PlacedPiece& piece, Meaning meaning);

    re2::RE2::Options options_;
    bool whole_words_ = false;
    std::vector<std::unique_ptr<re2::RE2>> patterns_;
    PieceSearch pieces_{PieceSearch::Words::unmarked};
    std::uint16_t pairs_ = 0;    // of all patterns
    PatternBits by_starts_;      // match nowhere but at the starts that are found
    PatternBits at_begin_;       // of those, may match where the text begins as well
    PatternBits always_;         // have no pieces that could be looked for
    PatternBits in_wide_texts_;  // may match where there is any octet beyond ASCII
};

}  // namespace raadspost::answer
