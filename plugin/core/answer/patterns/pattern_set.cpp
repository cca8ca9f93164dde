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
        pieces_.add({each.text, each.begins_text, !each.open_before, !each.open_behind}, {own, own});
    const std::string whole = fixed.rest ? whole_words(*fixed.rest) : std::string{never};
    auto compiled = std::make_unique<re2::RE2>(whole, options_);
    if (!compiled->ok()) return compiled->error();
    if (fixed.rest)
        for (const std::string_view each : outer_alternatives(*fixed.rest)) add_alternative(each, own);
    patterns_.push_back(std::move(compiled));
    return {};
}

// It may match where one of its beginnings stands and a piece of what must follow; where the beginnings
// cannot be told, where a piece of the whole does.
void PatternSet::add_alternative(std::string_view alternative, const PatternBits& own) {
    const Beginnings begins = fixed_beginnings(alternative);
    if (begins.strings.empty()) return add_pieces(required_pieces(whole_words(alternative), options_), own);
    const auto following = required_pieces(begins.rest, options_);
    const bool both = following && owners_.size() < max_pairs &&
                      std::ranges::all_of(*following, [](const std::string& each) {
                          return std::ranges::all_of(each, is_ascii);
                      });
    FoundBits single;
    FoundPairs one, other;
    if (both) {
        one.one.set(owners_.size());
        other.other.set(owners_.size());
        owners_.push_back(static_cast<std::uint8_t>(patterns_.size()));
        for (const std::string& each : *following) pieces_.add({each}, {}, other);
    } else {
        single.possible = own;
    }
    for (const std::string& each : begins.strings)
        pieces_.add({each, begins.begin_text, true, begins.end_words}, single, one);
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
            pieces_.add({run}, {own, {}});
        else
            in_wide_texts_ |= own;
    }
}

std::string PatternSet::compile() {
    PatternBits all;
    for (std::size_t i = 0; i < patterns_.size(); ++i) all.set(i);
    if (options_.encoding() == re2::RE2::Options::EncodingUTF8)
        for (const std::string_view letter : like_ascii) pieces_.add({letter}, {all, {}});
    return pieces_.compile() ? std::string{} : "there are too many of them";
}

FoundBits PatternSet::found_in(std::string_view text) const {
    FoundPairs pairs;
    FoundBits found = pieces_.bits_in(text, pairs);
    if (!owners_.empty()) {
        const PairBits both = pairs.one & pairs.other;
        for (std::size_t i = both._Find_first(); i < owners_.size(); i = both._Find_next(i))
            found.possible.set(owners_[i]);
    }
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
