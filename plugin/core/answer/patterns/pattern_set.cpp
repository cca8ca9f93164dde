#include "core/answer/patterns/pattern_set.hpp"

#include "core/answer/patterns/required_pieces.hpp"

#include <algorithm>
#include <stdexcept>

namespace raadspost::answer {
namespace {

constexpr std::size_t shortest_run = 2;

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

std::string PatternSet::add(std::string_view pattern) {
    if (patterns_.size() == max_patterns) return "there are too many of them";
    auto compiled = std::make_unique<re2::RE2>(re2::StringPiece{pattern.data(), pattern.size()}, options_);
    if (!compiled->ok()) return compiled->error();
    add_pieces(required_pieces(pattern, options_));
    patterns_.push_back(std::move(compiled));
    return {};
}

// Of the pattern that is being added.
void PatternSet::add_pieces(const std::optional<std::vector<std::string>>& pieces) {
    const auto own = static_cast<PieceSearch::Label>(patterns_.size());
    if (!pieces) {
        always_.set(own);
        return;
    }
    for (const std::string& each : *pieces) {
        const std::string_view run = longest_ascii_run(each);
        if (run.size() == each.size() || run.size() >= shortest_run)
            pieces_.add(run, own);
        else
            in_wide_texts_.set(own);
    }
}

std::string PatternSet::compile() {
    if (options_.encoding() == re2::RE2::Options::EncodingUTF8)
        for (std::size_t i = 0; i < patterns_.size(); ++i)
            for (const std::string_view letter : like_ascii)
                pieces_.add(letter, static_cast<PieceSearch::Label>(i));
    return pieces_.compile() ? std::string{} : "there are too many of them";
}

PatternBits PatternSet::with_others(PatternBits by_pieces, std::string_view text) const {
    by_pieces |= always_;
    if (in_wide_texts_.any() && !std::ranges::all_of(text, is_ascii)) by_pieces |= in_wide_texts_;
    return by_pieces;
}

PatternBits PatternSet::possible_in(std::string_view text) const {
    PatternBits found;
    pieces_.each_in(text, [&](PieceSearch::Label label) { found.set(label); });
    return with_others(found, text);
}

std::vector<PatternBits> PatternSet::possible_in(std::span<const std::string_view> texts) const {
    std::vector<PatternBits> found(texts.size());
    pieces_.each_in(texts, [&](std::size_t text, PieceSearch::Label label) { found[text].set(label); });
    for (std::size_t i = 0; i < texts.size(); ++i) found[i] = with_others(found[i], texts[i]);
    return found;
}

bool PatternSet::matches(std::size_t which, std::string_view text) const {
    return re2::RE2::PartialMatch({text.data(), text.size()}, pattern(which));
}

std::optional<std::size_t> PatternSet::first_in(std::string_view text) const {
    const PatternBits possible = possible_in(text);
    for (std::size_t i = 0; i < patterns_.size(); ++i)
        if (possible.test(i) && matches(i, text)) return i;
    return std::nullopt;
}

}  // namespace raadspost::answer
