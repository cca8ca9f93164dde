#include "core/answer/rules/guesses.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

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

// FNV-1a, 64 bits, with its octets mixed once more at the end (key_of): a table is entered by the lowest.
constexpr std::uint64_t no_octets = 0xcbf29ce484222325;

constexpr std::uint64_t hashed(std::uint64_t hash, char octet) {
    return (hash ^ static_cast<unsigned char>(octet)) * 0x100000001b3;
}

constexpr std::uint64_t hashed(std::uint64_t hash, std::string_view octets) {
    for (const char c : octets) hash = hashed(hash, c);
    return hash;
}

constexpr std::uint64_t key_of(std::uint64_t hash) {
    hash = (hash ^ (hash >> 32)) * 0xd6e8feb86659fd93;
    return hash ^ (hash >> 32);
}

std::uint64_t key_of(std::string_view feature) {
    return key_of(hashed(no_octets, feature));
}

// Of two words in a row, by the key of the first and the hash of the second: no word is read twice.
std::uint64_t key_of_pair(std::uint64_t first_key, std::uint64_t second) {
    return key_of(first_key + second);
}

// Of words of the rules: one, or two that stand in one clause. Sums, so that their order does not matter.
constexpr char of_rules = '=';
constexpr char together = '+';

std::uint64_t name_of_rules(std::string_view name) {
    return key_of(name);  // its octets mixed: sums of what is not would often be the same
}

std::uint64_t key_of_rules_word(std::uint64_t sum) {
    return key_of(hashed(no_octets, {&of_rules, 1}) ^ sum);
}

std::uint64_t key_of_feature(std::string_view feature) {
    if (!feature.starts_with(of_rules)) {
        const std::size_t between = feature.find('_');  // stands between two words only
        if (between == std::string_view::npos) return key_of(feature);
        return key_of_pair(key_of(feature.substr(0, between)),
                           hashed(no_octets, feature.substr(between + 1)));
    }
    feature.remove_prefix(1);
    const std::size_t between = feature.find(together);
    if (between == std::string_view::npos) return key_of_rules_word(name_of_rules(feature));
    return key_of_rules_word(name_of_rules(feature.substr(0, between)) +
                             name_of_rules(feature.substr(between + 1)));
}

// The words of the rules in a text, told apart by their names.
class RulesWords {
public:
    explicit RulesWords(std::span<const std::string> names) : names_{names}, hashes_(names.size()) {}

    // Calls `take` with the key of each feature of a clause.
    void each_feature(const Words& clause, auto&& take) {
        there_.clear();
        for (std::size_t word = clause._Find_first(); word < names_.size(); word = clause._Find_next(word)) {
            if (hashes_[word] == 0) hashes_[word] = name_of_rules(names_[word]);
            there_.push_back(hashes_[word]);
        }
        for (std::size_t i = 0; i < there_.size(); ++i) {
            take(key_of_rules_word(there_[i]));
            for (std::size_t j = 0; j < i; ++j) take(key_of_rules_word(there_[i] + there_[j]));
        }
    }

private:
    std::span<const std::string> names_;
    std::vector<std::uint64_t> hashes_;  // of the names, each made when first met
    std::vector<std::uint64_t> there_;
};

// A word as it is looked for: hashed while it is read, once.
struct HashedWord {
    std::uint64_t begun = 0, whole = 0;  // its first letters, `stem` of them; all of them
    bool longer = false;                 // than `stem`

    static constexpr HashedWord sign(char one) {
        const std::uint64_t hash = hashed(no_octets, one);
        return {hash, hash, false};
    }
};
constexpr HashedWord any_number = HashedWord::sign('0'), any_place = HashedWord::sign('@'),
                     asking = HashedWord::sign('?');

bool names_place(std::string_view text) {
    return text.find('@') != std::string_view::npos || text.find("://") != std::string_view::npos;
}

// The words of a text that names no place: "raads-app," has two.
void add_words(std::string_view text, std::vector<HashedWord>& words) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (is_letter(text[at])) {
            HashedWord word;
            std::uint64_t hash = hashed(no_octets, text[at]);
            const std::size_t stem_end = std::min(at + stem, text.size());
            while (end < stem_end && is_letter(text[end])) hash = hashed(hash, text[end++]);
            word.begun = hash;
            word.longer = end == at + stem && end < text.size() && is_letter(text[end]);
            while (end < text.size() && is_letter(text[end])) hash = hashed(hash, text[end++]);
            word.whole = hash;
            words.push_back(word);
        } else if (is_digit(text[at])) {
            while (end < text.size() && is_digit(text[end])) ++end;
            words.push_back(any_number);
        } else if (text[at] == '?') {
            words.push_back(asking);
        }
        at = end;
    }
}

// Those of a sentence, up to the piece without blanks with which they are enough.
void read_words(std::string_view folded, std::size_t enough, std::vector<HashedWord>& words) {
    words.clear();
    if (folded.size() <= enough && !names_place(folded)) return add_words(folded, words);
    while (!folded.empty() && words.size() < enough) {
        const std::string_view piece = next_piece(folded);
        if (names_place(piece))
            words.push_back(any_place);
        else
            add_words(piece, words);
    }
}

// What each of so many features counts.
double share_of_one(std::size_t features) {
    return 1 / std::sqrt(static_cast<double>(features) + 1);
}

double logistic(double sum) {
    return 1 / (1 + std::exp(-sum));
}

// log(exp(a) + exp(b) + ...), whatever their size.
class SumOfExponentials {
public:
    void add(double exponent) {
        if (exponent <= most_) {
            shares_ += std::exp(exponent - most_);
        } else {
            shares_ = shares_ * std::exp(most_ - exponent) + 1;
            most_ = exponent;
        }
    }
    double logarithm() const { return most_ + std::log(shares_); }

private:
    double most_ = -std::numeric_limits<double>::infinity(), shares_ = 0;
};

// Calls `take` with the key of each feature of a sentence's own words.
void each_feature(std::span<const HashedWord> words, auto&& take) {
    std::uint64_t before = 0;
    for (const HashedWord& word : words) {
        const std::uint64_t key = key_of(word.whole);
        take(key);
        if (before != 0) take(key_of_pair(before, word.whole));
        if (word.longer) take(key_of(hashed(word.begun, '*')));
        before = key;
    }
}

}  // namespace

bool Guesses::Features::add(std::uint64_t key) {
    static_assert(2 * max_guess_features < slots);
    if (find(key)) return false;
    std::size_t at = key % slots;
    while (slots_[at].number_and_one != 0) at = (at + 1) % slots;
    slots_[at] = {static_cast<std::uint32_t>(key >> 32), static_cast<std::uint32_t>(++size_)};
    return true;
}

std::optional<std::size_t> Guesses::Features::find(std::uint64_t key) const {
    const auto kept = static_cast<std::uint32_t>(key >> 32);
    for (std::size_t at = key % slots; slots_[at].number_and_one != 0; at = (at + 1) % slots)
        if (slots_[at].key == kept) return slots_[at].number_and_one - 1;
    return std::nullopt;
}

void Guesses::Features::expect(std::uint64_t key) const {
    __builtin_prefetch(&slots_[key % slots]);
}

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
                if (out.kinds_.size() == max_guess_kinds)
                    return problem("guesses_kinds_missing", number, line, "there are too many kinds.");
                out.kinds_.push_back(*kind);
            }
            continue;
        }
        std::size_t given = 0;
        Weights& weights = out.weights_.emplace_back();
        for (const std::size_t kinds = out.kinds_.size(); !rest.empty(); ++given) {
            const std::string_view piece = next_piece(rest);
            std::int16_t weight = 0;
            const auto read = std::from_chars(piece.data(), piece.data() + piece.size(), weight);
            if (read.ec != std::errc{} || read.ptr != piece.data() + piece.size())
                return problem("guesses_line_bad", number, line, "a weight is no number of hundredths.");
            if (given < kinds)
                weights.in_text[given] = weight;
            else if (given < 2 * kinds)
                weights.in_sentence[given - kinds] = weight;
        }
        if (given != 2 * out.kinds_.size())
            return problem("guesses_line_bad", number, line, "expected two weights for each kind.");
        if (out.features_.size() >= max_guess_features)
            return problem("guesses_too_many", number, line,
                           "at most " + std::to_string(max_guess_features) + " features.");
        if (!out.features_.add(key_of_feature(feature)))
            return problem("guesses_line_bad", number, line, "the feature was there before.");
    }
    if (out.kinds_.empty())
        return problem("guesses_kinds_missing", 1, {}, "expected \"kinds\" and their names.");
    return out;
}

std::vector<Likelihood> Guesses::likelihoods(std::span<const Sentence> text,
                                             std::span<const Words> of_clauses,
                                             std::span<const std::string> names) const {
    std::array<int, max_guess_kinds> sums{}, own{};
    std::array<SumOfExponentials, max_guess_kinds> of_sentences{};
    std::array<double, max_guess_kinds> highest{};
    std::array<std::size_t, max_guess_kinds> decides{};
    // Each feature counts once in the text, and once in a sentence.
    std::vector<bool> seen(features_.size()), seen_here(features_.size());
    std::vector<HashedWord> words;
    std::vector<std::uint64_t> keys;
    std::vector<std::size_t> found;
    RulesWords by_rules{names};
    std::size_t known = 0, clause = 0, words_left = max_guess_words;
    for (std::size_t s = 0; s < text.size(); ++s) {
        own.fill(0);
        keys.clear();
        found.clear();
        const auto take = [&](std::uint64_t feature) {
            features_.expect(feature);
            keys.push_back(feature);
        };
        read_words(text[s].folded.text, words_left, words);
        words_left -= std::min(words_left, words.size());
        each_feature(words, take);
        for (std::size_t c = 0; c < text[s].clauses.size() && clause < of_clauses.size(); ++c)
            by_rules.each_feature(of_clauses[clause++], take);
        // Memory is slow: all are fetched before one is needed.
        for (const std::uint64_t key : keys)
            if (const auto feature = features_.find(key); feature && !seen_here[*feature]) {
                __builtin_prefetch(&weights_[*feature]);
                seen_here[*feature] = true;
                found.push_back(*feature);
            }
        for (const std::size_t feature : found) {
            const Weights& weights = weights_[feature];
            for (std::size_t k = 0; k < max_guess_kinds; ++k) own[k] += weights.in_sentence[k];
            seen_here[feature] = false;
            if (seen[feature]) continue;
            seen[feature] = true;
            ++known;
            for (std::size_t k = 0; k < max_guess_kinds; ++k) sums[k] += weights.in_text[k];
        }
        for (std::size_t k = 0; k < kinds_.size(); ++k) {
            const double sum = hundredth * share_of_one(found.size()) * own[k];
            of_sentences[k].add(sum);
            if (s == 0 || sum > highest[k]) highest[k] = sum, decides[k] = s;
        }
    }
    std::vector<Likelihood> out;
    if (known == 0) return out;
    const auto base = features_.find(key_of(always));
    const Weights at_first = base ? weights_[*base] : Weights{};
    for (std::size_t k = 0; k < kinds_.size(); ++k) {
        const double by_text = hundredth * (share_of_one(known) * sums[k] + at_first.in_text[k]);
        const double by_sentence = of_sentences[k].logarithm() + hundredth * at_first.in_sentence[k];
        const double in_text = logistic(by_text), in_sentence = logistic(by_sentence);
        out.push_back({kinds_[k], (in_text + in_sentence) / 2, std::max(in_text, in_sentence), decides[k]});
    }
    return out;
}

}  // namespace raadspost::answer
