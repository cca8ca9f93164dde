#include "core/answer/rules/rule_matcher.hpp"

namespace raadspost::answer {
namespace {

constexpr std::int64_t memory_per_pattern = std::int64_t{8} << 20;
constexpr std::string_view never = "[^\\x00-\\xff]";  // in the place of a word that is not looked for

re2::RE2::Options options() {
    re2::RE2::Options made;
    made.set_encoding(re2::RE2::Options::EncodingLatin1);
    made.set_log_errors(false);
    made.set_never_capture(true);
    made.set_max_mem(memory_per_pattern);
    return made;
}

}  // namespace

RuleMatcher::RuleMatcher() : patterns_{PatternSet::of_whole_words(options())} {}

std::string RuleMatcher::add(std::string_view pattern) {
    const std::string whole = "\\b(?:" + std::string{pattern} + ")\\b";
    if (const re2::RE2 alone{whole, options()}; !alone.ok()) return alone.error();
    if (re2::RE2::FullMatch("", re2::RE2{std::string{pattern}, options()}))
        return "it matches nothing at all";
    words_.emplace_back(pattern);
    return {};
}

std::string RuleMatcher::compile(const Words& used) {
    used_ = used;
    used_.reset(0);
    patterns_.add(never);
    for (std::size_t i = 0; i < words_.size(); ++i)
        if (const std::string why = patterns_.add(used_.test(i + 1) ? std::string_view{words_[i]} : never);
            !why.empty())
            return why;
    words_.clear();
    return patterns_.compile();
}

FoundPatterns RuleMatcher::used_of(FoundPatterns found) const {
    found.possible &= used_;
    found.certain &= used_;
    return found;
}

FoundPatterns RuleMatcher::found_in(std::string_view folded) const {
    return used_of(patterns_.found_in(folded));
}

std::vector<FoundPatterns> RuleMatcher::found_in(std::span<const std::string_view> folded) const {
    std::vector<FoundPatterns> found = patterns_.found_in(folded);
    for (FoundPatterns& each : found) each = used_of(std::move(each));
    return found;
}

}  // namespace raadspost::answer
