#include "core/answer/patterns/pattern_set.hpp"

#include "core/answer/patterns/fixed_strings.hpp"
#include "core/answer/patterns/required_pieces.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace raadspost::answer {
namespace {

constexpr std::size_t shortest_run = 2;
constexpr std::size_t max_pairs = 1024;          // of pieces, or of groups of them, that must both be there
constexpr std::size_t max_starts = 256;          // of all patterns in one text; what is behind is not kept
constexpr std::size_t max_tries = 8;             // of one pattern in one text: more cost more than one search
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
    const auto own = static_cast<std::uint8_t>(patterns_.size());
    for (const FixedString& each : fixed.strings)
        add_piece({each.text, each.begins_text, !each.open_before, !each.open_behind},
                  {Meaning::Tells::certain, own});
    const std::string whole = fixed.rest ? whole_words(*fixed.rest) : std::string{never};
    auto compiled = std::make_unique<re2::RE2>(whole, options_);
    if (!compiled->ok()) return compiled->error();
    if (fixed.rest) {
        bool by_starts = true;
        for (const std::string_view each : outer_alternatives(*fixed.rest))
            by_starts &= add_alternative(each);
        by_starts_.set(own, by_starts);
    }
    patterns_.push_back(std::move(compiled));
    return {};
}

// It may match where one of its beginnings stands and a piece of what must follow; where the beginnings
// cannot be told, where a piece of the whole does. Whether a match can begin nowhere but where the beginnings
// stand, or the text begins.
bool PatternSet::add_alternative(std::string_view alternative) {
    const Beginnings begins = fixed_beginnings(alternative);
    if (begins.strings.empty()) {
        add_pieces(required_pieces(whole_words(alternative), options_));
        if (begins.begin_text) at_begin_.set(patterns_.size());
        return begins.begin_text;
    }
    const auto following = required_pieces(begins.rest, options_);
    const bool both =
        following && pairs_ < max_pairs && std::ranges::all_of(*following, [](const std::string& each) {
            return std::ranges::all_of(each, is_ascii);
        });
    Meaning begin{Meaning::Tells::starts, static_cast<std::uint8_t>(patterns_.size())};
    if (both) {
        begin.tells = Meaning::Tells::starts_pair;
        begin.pair = pairs_++;
        for (const std::string& each : *following)
            add_piece({each}, {Meaning::Tells::ends_pair, begin.pattern, begin.pair});
    }
    for (const std::string& each : begins.strings)
        add_piece({each, begins.begin_text, true, begins.end_words}, begin);
    return true;
}

void PatternSet::add_piece(const PlacedPiece& piece, Meaning meaning) {
    pieces_.add(piece, std::bit_cast<PieceSearch::Label>(meaning));
}

std::string PatternSet::add_pattern(std::string_view pattern) {
    auto compiled = std::make_unique<re2::RE2>(re2::StringPiece{pattern.data(), pattern.size()}, options_);
    if (!compiled->ok()) return compiled->error();
    add_pieces(required_pieces(pattern, options_));
    patterns_.push_back(std::move(compiled));
    return {};
}

// Of the pattern that is being added.
void PatternSet::add_pieces(const std::optional<std::vector<std::string>>& pieces) {
    const auto own = static_cast<std::uint8_t>(patterns_.size());
    if (!pieces) {
        always_.set(own);
        return;
    }
    for (const std::string& each : *pieces) {
        const std::string_view run = longest_ascii_run(each);
        if (run.size() == each.size() || run.size() >= shortest_run)
            add_piece({run}, {Meaning::Tells::possible, own});
        else
            in_wide_texts_.set(own);
    }
}

std::string PatternSet::compile() {
    if (options_.encoding() == re2::RE2::Options::EncodingUTF8)
        for (std::size_t i = 0; i < patterns_.size(); ++i)
            for (const std::string_view letter : like_ascii)
                add_piece({letter}, {Meaning::Tells::possible, static_cast<std::uint8_t>(i)});
    return pieces_.compile() ? std::string{} : "there are too many of them";
}

// Of one text, as its pieces are found.
struct PatternSet::Findings {
    FoundPatterns patterns;
    std::bitset<max_pairs> begun;

    void take(PieceSearch::Label label, std::size_t begin) {
        using Tells = Meaning::Tells;
        const auto means = std::bit_cast<Meaning>(label);
        // Pieces are told in the order of their ends: what stands before the beginning follows nothing.
        if (means.tells == Tells::starts_pair)
            begun.set(means.pair);
        else if (means.tells != Tells::ends_pair || begun.test(means.pair))
            patterns.possible.set(means.pattern);
        if (means.tells == Tells::certain) patterns.certain.set(means.pattern);
        const bool starts = means.tells == Tells::starts || means.tells == Tells::starts_pair;
        if (starts && patterns.starts.size() < max_starts)
            patterns.starts.push_back({static_cast<std::uint32_t>(begin), means.pattern});
    }
};

FoundPatterns PatternSet::told(Findings found, std::string_view text) const {
    found.patterns.possible |= always_;
    if (in_wide_texts_.any() && !std::ranges::all_of(text, is_ascii))
        found.patterns.possible |= in_wide_texts_;
    return std::move(found.patterns);
}

FoundPatterns PatternSet::found_in(std::string_view text) const {
    Findings found;
    pieces_.each_in(text, [&](PieceSearch::Label label, std::size_t begin) { found.take(label, begin); });
    return told(std::move(found), text);
}

std::vector<FoundPatterns> PatternSet::found_in(std::span<const std::string_view> texts) const {
    std::vector<Findings> found(texts.size());
    pieces_.each_in(texts, [&](std::size_t text, PieceSearch::Label label, std::size_t begin) {
        found[text].take(label, begin);
    });
    std::vector<FoundPatterns> out;
    out.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) out.push_back(told(std::move(found[i]), texts[i]));
    return out;
}

bool PatternSet::matches(std::size_t which, std::string_view text) const {
    return re2::RE2::PartialMatch({text.data(), text.size()}, pattern(which));
}

bool PatternSet::matches(std::size_t which, std::string_view text, const FoundPatterns& found) const {
    const auto is_own = [&](const FoundPatterns::Start& each) { return each.pattern == which; };
    if (!by_starts_.test(which) || found.starts.size() == max_starts ||
        static_cast<std::size_t>(std::ranges::count_if(found.starts, is_own)) > max_tries)
        return matches(which, text);
    const auto begins_at = [&](std::size_t begin) {
        return pattern(which).Match({text.data(), text.size()}, begin, text.size(), re2::RE2::ANCHOR_START,
                                    nullptr, 0);
    };
    if (at_begin_.test(which) && begins_at(0)) return true;
    std::optional<std::uint32_t> tried;
    for (const FoundPatterns::Start& each : found.starts) {
        if (!is_own(each) || tried == each.begin) continue;
        if (begins_at(each.begin)) return true;
        tried = each.begin;
    }
    return false;
}

std::optional<std::size_t> PatternSet::first_in(std::string_view text) const {
    const PatternBits possible = possible_in(text);
    for (std::size_t i = 0; i < patterns_.size(); ++i)
        if (possible.test(i) && matches(i, text)) return i;
    return std::nullopt;
}

}  // namespace raadspost::answer
