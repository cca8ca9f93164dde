#include "core/answer/rules/guesses.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

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

// Calls `take` with each feature of a sentence; the view lives no longer than the call.
void each_feature(std::string_view folded, std::size_t& words_left, auto&& take) {
    std::vector<std::string_view> words;
    while (!folded.empty() && words.size() < words_left)
        if (const std::string_view piece = next_piece(folded); !piece.empty()) add_words(piece, words);
    words_left -= std::min(words_left, words.size());
    std::string joined;
    for (std::size_t i = 0; i < words.size(); ++i) {
        take(words[i]);
        if (i > 0) take(std::string_view{joined.assign(words[i - 1]).append("_").append(words[i])});
        if (words[i].size() > stem)
            take(std::string_view{joined.assign(words[i].substr(0, stem)).append("*")});
    }
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
        const std::size_t first = out.weights_.size();
        while (!rest.empty()) {
            const std::string_view piece = next_piece(rest);
            std::int16_t weight = 0;
            const auto read = std::from_chars(piece.data(), piece.data() + piece.size(), weight);
            if (read.ec != std::errc{} || read.ptr != piece.data() + piece.size())
                return problem("guesses_line_bad", number, line, "a weight is no number of hundredths.");
            out.weights_.push_back(weight);
        }
        if (out.weights_.size() - first != out.kinds_.size())
            return problem("guesses_line_bad", number, line, "expected a weight for each kind.");
        if (out.features_.size() >= max_guess_features)
            return problem("guesses_too_many", number, line,
                           "at most " + std::to_string(max_guess_features) + " features.");
        if (!out.features_.emplace(feature, first / out.kinds_.size()).second)
            return problem("guesses_line_bad", number, line, "the feature was there before.");
    }
    if (out.kinds_.empty())
        return problem("guesses_kinds_missing", 1, {}, "expected \"kinds\" and their names.");
    return out;
}

std::vector<Likelihood> Guesses::likelihoods(std::span<const Sentence> text) const {
    const std::size_t count = kinds_.size();
    std::vector<int> sums(count), own(count), most(count);
    std::vector<std::size_t> decides(count);
    std::vector<bool> seen(features_.size());  // each feature counts once
    std::size_t known = 0, words_left = max_guess_words;
    for (std::size_t s = 0; s < text.size(); ++s) {
        std::fill(own.begin(), own.end(), 0);
        each_feature(text[s].folded.text, words_left, [&](std::string_view feature) {
            const auto found = features_.find(feature);
            if (found == features_.end()) return;
            const std::int16_t* weights = weights_.data() + found->second * count;
            const bool first = !seen[found->second];
            seen[found->second] = true;
            known += first;
            for (std::size_t k = 0; k < count; ++k) {
                own[k] += weights[k];
                if (first) sums[k] += weights[k];
            }
        });
        for (std::size_t k = 0; k < count; ++k)
            if (s == 0 || own[k] > most[k]) most[k] = own[k], decides[k] = s;
    }
    std::vector<Likelihood> out;
    if (known == 0) return out;
    const double share = 1 / std::sqrt(static_cast<double>(known) + 1);
    const auto base = features_.find(always);
    for (std::size_t k = 0; k < count; ++k) {
        const int at_first = base == features_.end() ? 0 : weights_[base->second * count + k];
        const double sum = hundredth * (share * sums[k] + at_first);
        out.push_back({kinds_[k], 1 / (1 + std::exp(-sum)), decides[k]});
    }
    return out;
}

}  // namespace raadspost::answer
