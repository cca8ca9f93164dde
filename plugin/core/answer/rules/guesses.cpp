#include "core/answer/rules/guesses.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace raadspost::answer {
namespace {

constexpr std::string_view always = "-";
constexpr std::size_t stem = 5;
constexpr double hundredth = 0.01;

Problem problem(const char* id, std::size_t line, std::string_view found, const std::string& text) {
    constexpr std::size_t shown = 80;
    const std::string place = "line " + std::to_string(line);
    return {id, place, std::string{found.substr(0, shown)}, place + ": " + text};
}

std::string_view next_piece(std::string_view& text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(end);
    return piece;
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The words of a piece without blanks: "raads-app," has two.
void add_words(std::string_view piece, std::vector<std::string_view>& words) {
    if (piece.find('@') != std::string_view::npos || piece.find("://") != std::string_view::npos) {
        words.emplace_back("@");
        return;
    }
    for (std::size_t at = 0; at < piece.size();) {
        std::size_t end = at + 1;
        if (is_letter(piece[at])) {
            while (end < piece.size() && is_letter(piece[end])) ++end;
            words.push_back(piece.substr(at, end - at));
        } else if (is_digit(piece[at])) {
            while (end < piece.size() && is_digit(piece[end])) ++end;
            words.emplace_back("0");
        } else if (piece[at] == '?') {
            words.emplace_back("?");
        }
        at = end;
    }
}

std::vector<std::string> features_of(std::string_view folded, std::size_t most_words) {
    std::vector<std::string_view> words;
    while (!folded.empty() && words.size() < most_words)
        if (const std::string_view piece = next_piece(folded); !piece.empty()) add_words(piece, words);
    std::vector<std::string> out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        out.emplace_back(words[i]);
        if (i > 0) out.push_back(std::string{words[i - 1]} + "_" + std::string{words[i]});
        if (words[i].size() > stem) out.push_back(std::string{words[i].substr(0, stem)} + "*");
    }
    return out;
}

}  // namespace

Result<Guesses> Guesses::parse(std::string_view text) {
    Guesses out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view rest = text.substr(0, end);
        const std::string_view line = rest;
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#')) continue;
        const std::string_view feature = next_piece(rest);
        if (out.kinds_.empty()) {
            if (feature != "kinds")
                return problem("guesses_kinds_missing", number, line, "expected \"kinds\" and their names.");
            while (!rest.empty()) {
                const auto kind = kind_of(next_piece(rest));
                if (!kind) return problem("guesses_kinds_missing", number, line, "a kind is unknown.");
                out.kinds_.push_back(*kind);
            }
            continue;
        }
        Weights weights;
        while (!rest.empty()) {
            const std::string_view piece = next_piece(rest);
            std::int16_t weight = 0;
            const auto read = std::from_chars(piece.data(), piece.data() + piece.size(), weight);
            if (read.ec != std::errc{} || read.ptr != piece.data() + piece.size())
                return problem("guesses_line_bad", number, line, "a weight is no number of hundredths.");
            weights.push_back(weight);
        }
        if (weights.size() != out.kinds_.size())
            return problem("guesses_line_bad", number, line, "expected a weight for each kind.");
        if (out.features_.size() >= max_guess_features)
            return problem("guesses_too_many", number, line,
                           "at most " + std::to_string(max_guess_features) + " features.");
        out.features_.emplace(feature, std::move(weights));
    }
    if (out.kinds_.empty())
        return problem("guesses_kinds_missing", 1, {}, "expected \"kinds\" and their names.");
    return out;
}

const Guesses::Weights* Guesses::weights(std::string_view feature) const {
    const auto found = features_.find(feature);
    return found == features_.end() ? nullptr : &found->second;
}

std::optional<Guess> Guesses::guess(std::span<const Sentence> text) const {
    std::vector<double> sums(kinds_.size());
    std::vector<std::vector<double>> by_sentence;
    std::set<const Weights*> seen;  // each feature counts once
    std::size_t words_left = max_guess_words;
    for (const Sentence& sentence : text) {
        std::vector<double>& own = by_sentence.emplace_back(kinds_.size());
        const std::vector<std::string> features = features_of(sentence.folded.text, words_left);
        words_left -= std::min(words_left, features.size());
        for (const std::string& feature : features) {
            const Weights* found = weights(feature);
            if (!found) continue;
            const bool first = seen.insert(found).second;
            for (std::size_t k = 0; k < kinds_.size(); ++k) {
                own[k] += (*found)[k];
                if (first) sums[k] += (*found)[k];
            }
        }
    }
    if (seen.empty()) return std::nullopt;
    const double share = 1 / std::sqrt(static_cast<double>(seen.size()) + 1);
    const Weights* base = weights(always);
    std::size_t best = 0;
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
        sums[k] = hundredth * (share * sums[k] + (base ? (*base)[k] : 0));
        if (sums[k] > sums[best]) best = k;
    }
    const double likely = 1 / (1 + std::exp(-sums[best]));
    if (kinds_[best] == Kind::other || likely < 0.5) return std::nullopt;
    std::size_t decides = 0;
    for (std::size_t s = 0; s < by_sentence.size(); ++s)
        if (by_sentence[s][best] > by_sentence[decides][best]) decides = s;
    return Guess{kinds_[best], std::clamp(static_cast<int>(likely * most_sure_guess), 1, most_sure_guess),
                 decides};
}

}  // namespace raadspost::answer
