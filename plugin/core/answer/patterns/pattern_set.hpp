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
    // Our own patterns, compiled. Throws logic_error where one cannot be used.
    PatternSet(const re2::RE2::Options& options, const std::vector<std::string>& patterns);

    // The next pattern; its number is how many there were before. What is wrong with it, or nothing.
    std::string add(std::string_view pattern);
    // What is wrong with all of them together, or nothing. Needed once, behind the last.
    std::string compile();

    // Those that may match: all that do, and some more.
    PatternBits possible_in(std::string_view text) const;
    // The same of each text.
    std::vector<PatternBits> possible_in(std::span<const std::string_view> texts) const;
    bool matches(std::size_t which, std::string_view text) const;
    // The first of them in their order that matches.
    std::optional<std::size_t> first_in(std::string_view text) const;
    const re2::RE2& pattern(std::size_t which) const { return *patterns_[which]; }
    std::size_t size() const { return patterns_.size(); }

private:
    void add_pieces(const std::optional<std::vector<std::string>>& pieces);
    PatternBits with_others(PatternBits by_pieces, std::string_view text) const;

    re2::RE2::Options options_;
    std::vector<std::unique_ptr<re2::RE2>> patterns_;
    PieceSearch pieces_;
    PatternBits always_;         // have no pieces that could be looked for
    PatternBits in_wide_texts_;  // may match where there is any octet beyond ASCII
};

}  // namespace raadspost::answer
