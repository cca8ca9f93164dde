// Many patterns over one text, of which few match: one pass finds those whose fixed pieces stand in the text,
// and only they need be tried. It changes nothing about what matches. Built first, then read-only: safe on
// any thread.
#pragma once

#include "core/answer/patterns/piece_search.hpp"

#include <re2/re2.h>

#include <memory>
#include <optional>
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

    // Those that may match: all that do, and some more.
    PatternBits possible_in(std::string_view text) const { return found_in(text).possible; }
    // The same, and which of them do match: those need not be tried.
    FoundBits found_in(std::string_view text) const;
    // Whether one matches that is possible and not certain.
    bool matches(std::size_t which, std::string_view text) const {
        return re2::RE2::PartialMatch({text.data(), text.size()}, pattern(which));
    }
    // The first of them in their order that matches.
    std::optional<std::size_t> first_in(std::string_view text) const;
    const re2::RE2& pattern(std::size_t which) const { return *patterns_[which]; }
    std::size_t size() const { return patterns_.size(); }

private:
    PatternSet(const re2::RE2::Options& options, PieceSearch::Words words)
        : options_{options}, whole_words_{words == PieceSearch::Words::marked}, pieces_{words} {}

    std::string add_pattern(std::string_view pattern);
    void add_alternative(std::string_view alternative, const PatternBits& own);
    void add_pieces(const std::optional<std::vector<std::string>>& pieces, const PatternBits& own);

    re2::RE2::Options options_;
    bool whole_words_ = false;
    std::vector<std::unique_ptr<re2::RE2>> patterns_;
    PieceSearch pieces_{PieceSearch::Words::unmarked};
    std::vector<std::uint8_t> owners_;  // of each pair the pattern that needs both
    PatternBits always_;                // have no pieces that could be looked for
    PatternBits in_wide_texts_;         // may match where there is any octet beyond ASCII
};

}  // namespace raadspost::answer
