#include "core/answer/rules/rule_matcher.hpp"

namespace raadspost::answer {
namespace {

constexpr std::int64_t memory_per_pattern = std::int64_t{8} << 20;

std::string whole_words(const std::string& pattern) {
    return "\\b(?:" + pattern + ")\\b";
}

re2::RE2::Options options() {
    re2::RE2::Options made;
    made.set_encoding(re2::RE2::Options::EncodingLatin1);
    made.set_log_errors(false);
    made.set_never_capture(true);
    made.set_max_mem(memory_per_pattern);
    return made;
}

}  // namespace

RuleMatcher::RuleMatcher() : rests_{options()} {}

std::string RuleMatcher::add(std::string_view pattern) {
    const std::string made{pattern};
    if (const re2::RE2 alone{whole_words(made), options()}; !alone.ok()) return alone.error();
    if (re2::RE2::FullMatch("", re2::RE2{made, options()})) return "it matches nothing at all";
    words_.push_back(made);
    return {};
}

std::string RuleMatcher::compile(const Words& used) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const auto word = static_cast<std::uint8_t>(i + 1);
        if (!used.test(word)) continue;
        Phrases read = phrases_of(words_[i]);
        for (const Phrase& each : read.phrases)
            if (!phrases_.add(each, word)) read.rest = words_[i];
        if (!read.rest) continue;
        rest_of_[word] = static_cast<std::uint8_t>(rests_.size());
        if (const std::string why = rests_.add(whole_words(*read.rest)); !why.empty()) return why;
        word_of_rest_.push_back(word);
    }
    words_.clear();
    phrases_.compile();
    return rests_.compile();
}

FoundPatterns RuleMatcher::together(const PatternBits& by_phrases, const PatternBits& possible_rests) const {
    FoundPatterns found{by_phrases, by_phrases};
    for (std::size_t i = possible_rests._Find_first(); i < word_of_rest_.size();
         i = possible_rests._Find_next(i))
        found.possible.set(word_of_rest_[i]);
    return found;
}

FoundPatterns RuleMatcher::found_in(std::string_view folded) const {
    return together(phrases_.found_in(folded), rests_.possible_in(folded));
}

std::vector<FoundPatterns> RuleMatcher::found_in(std::span<const std::string_view> folded) const {
    const std::vector<PatternBits> by_phrases = phrases_.found_in(folded), rests = rests_.possible_in(folded);
    std::vector<FoundPatterns> found;
    found.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) found.push_back(together(by_phrases[i], rests[i]));
    return found;
}

}  // namespace raadspost::answer
