#include "core/answer/rule_matcher.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

constexpr int shortest_atom = 2;
constexpr std::int64_t memory_per_pattern = std::int64_t{8} << 20;
constexpr std::size_t pairs = 65536;

std::size_t pair_of(char a, char b) {
    return (static_cast<std::size_t>(static_cast<unsigned char>(a)) << 8) | static_cast<unsigned char>(b);
}

}  // namespace

RuleMatcher::RuleMatcher() : patterns_{shortest_atom} {}

std::string RuleMatcher::add(std::string_view pattern) {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(memory_per_pattern);
    const std::string whole = "\\b(?:" + std::string{pattern} + ")\\b";
    if (const re2::RE2 alone{whole, options}; !alone.ok()) return alone.error();
    if (re2::RE2::FullMatch("", re2::RE2{std::string{pattern}, options})) return "it matches nothing at all";
    int id = 0;
    patterns_.Add(whole, options, &id);
    ++count_;
    return {};
}

std::string RuleMatcher::compile() {
    if (count_ == 0) return {};
    patterns_.Compile(&atoms_);
    atoms_by_two_.resize(pairs);
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
        if (atoms_[i].size() < 2) return "a piece to look for is too short";
        atoms_by_two_[pair_of(atoms_[i][0], atoms_[i][1])].push_back(static_cast<int>(i));
    }
    return {};
}

void RuleMatcher::atoms_in(std::string_view folded, std::vector<int>& found) const {
    for (std::size_t at = 0; at + 1 < folded.size(); ++at)
        for (const int atom : atoms_by_two_[pair_of(folded[at], folded[at + 1])])
            if (folded.substr(at).starts_with(atoms_[static_cast<std::size_t>(atom)])) found.push_back(atom);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
}

Words RuleMatcher::found_in(std::string_view folded) const {
    Words words;
    if (count_ == 0) return words;
    std::vector<int> atoms, matching;
    atoms_in(folded, atoms);
    patterns_.AllMatches({folded.data(), folded.size()}, atoms, &matching);
    for (const int id : matching) words.set(static_cast<std::size_t>(id) + 1);
    return words;
}

}  // namespace raadspost::answer
