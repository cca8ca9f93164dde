#include "core/answer/patterns/pattern_set.hpp"

#include "core/answer/patterns/fixed_strings.hpp"
#include "core/answer/patterns/required_pieces.hpp"

#include <algorithm>
#include <stdexcept>

namespace raadspost::answer {
namespace {

constexpr std::size_t shortest_run = 2;
constexpr const char* never = "[^\\x00-\\xff]";  // in Latin-1

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

// Other letters have cases that one cannot tell by their octets: what a piece has of ASCII must be enough.
std::string_view longest_ascii_run(std::string_view piece) {
    std::string_view longest;
    for (std::size_t at = 0; at < piece.size();) {
        std::size_t end = at;
        while (end < piece.size() && is_ascii(piece[end])) ++end;
        if (end - at > longest.size()) longest = piece.substr(at, end - at);
        at = end + 1;
    }
    return longest;
}

std::string whole_words(std::string_view pattern) {
    return "\\b(?:" + std::string{pattern} + ")\\b";
}

std::size_t shortest(const std::vector<std::string>& strings) {
    return strings.empty() ? 0 : std::ranges::min_element(strings, {}, &std::string::size)->size();
}

// The two letters that are no ASCII and yet the same as "k" and "s" where cases do not matter: the sign for
// kelvin and the long s.
constexpr std::string_view like_ascii[] = {"\xE2\x84\xAA", "\xC5\xBF"};

}  // namespace

PatternSet::PatternSet(const re2::RE2::Options& options, const std::vector<std::string>& patterns)
    : PatternSet{options} {
    for (const std::string& each : patterns)
        if (const std::string why = add(each); !why.empty())
            throw std::logic_error("pattern " + each + ": " + why);
    if (const std::string why = compile(); !why.empty()) throw std::logic_error("patterns: " + why);
}

PatternSet PatternSet::of_whole_words(re2::RE2::Options options) {
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    return {options, PieceSearch::Words::marked};
}

std::string PatternSet::add(std::string_view pattern) {
    if (patterns_.size() == max_patterns) return "there are too many of them";
    if (!whole_words_) return add_pattern(pattern);
    const FixedStrings fixed = fixed_strings(pattern);
    PatternBits own;
    own.set(patterns_.size());
    for (const FixedString& each : fixed.strings)
        pieces_.add_at_words(each.text, !each.open_before, !each.open_behind, {own, own});
    const std::string whole = fixed.rest ? whole_words(*fixed.rest) : std::string{never};
    auto compiled = std::make_unique<re2::RE2>(whole, options_);
    if (!compiled->ok()) return compiled->error();
    if (fixed.rest)
        for (const std::string_view each : outer_alternatives(*fixed.rest)) {
            // A beginning of a word says more than the same letters anywhere.
            const std::vector<std::string> begins = fixed_beginnings(each);
            const auto pieces = required_pieces(whole_words(each), options_);
            if (!begins.empty() && (!pieces || shortest(begins) + 1 > shortest(*pieces)))
                for (const std::string& begin : begins) pieces_.add_at_words(begin, true, false, {own, {}});
            else
                add_pieces(pieces, own);
        }
    patterns_.push_back(std::move(compiled));
    return {};
}

std::string PatternSet::add_pattern(std::string_view pattern) {
    auto compiled = std::make_unique<re2::RE2>(re2::StringPiece{pattern.data(), pattern.size()}, options_);
    if (!compiled->ok()) return compiled->error();
    PatternBits own;
    own.set(patterns_.size());
    add_pieces(required_pieces(pattern, options_), own);
    patterns_.push_back(std::move(compiled));
    return {};
}

void PatternSet::add_pieces(const std::optional<std::vector<std::string>>& pieces, const PatternBits& own) {
    if (!pieces) {
        always_ |= own;
        return;
    }
    for (const std::string& each : *pieces) {
        const std::string_view run = longest_ascii_run(each);
        if (run.size() == each.size() || run.size() >= shortest_run)
            pieces_.add(run, {own, {}});
        else
            in_wide_texts_ |= own;
    }
}

std::string PatternSet::compile() {
    PatternBits all;
    for (std::size_t i = 0; i < patterns_.size(); ++i) all.set(i);
    if (options_.encoding() == re2::RE2::Options::EncodingUTF8)
        for (const std::string_view letter : like_ascii) pieces_.add(letter, {all, {}});
    return pieces_.compile() ? std::string{} : "there are too many of them";
}

FoundBits PatternSet::found_in(std::string_view text) const {
    FoundBits found = pieces_.bits_in(text);
    found.possible |= always_;
    if (in_wide_texts_.any() && !std::ranges::all_of(text, is_ascii)) found.possible |= in_wide_texts_;
    return found;
}

std::optional<std::size_t> PatternSet::first_in(std::string_view text) const {
    const PatternBits possible = possible_in(text);
    for (std::size_t i = 0; i < patterns_.size(); ++i)
        if (possible.test(i) && matches(i, text)) return i;
    return std::nullopt;
}

}  // namespace raadspost::answer
