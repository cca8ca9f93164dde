#include "core/answer/rules/rule_matcher.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

constexpr int shortest_atom = 2;
constexpr std::int64_t memory_per_pattern = std::int64_t{8} << 20;
constexpr std::size_t pairs = 65536;

std::size_t pair_of(char a, char b) {
    return (static_cast<std::size_t>(static_cast<unsigned char>(a)) << 8) | static_cast<unsigned char>(b);
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

RuleMatcher::RuleMatcher() : patterns_{shortest_atom}, first_of_pair_(pairs) {}

std::string RuleMatcher::add(std::string_view pattern) {
    const std::string whole = "\\b(?:" + std::string{pattern} + ")\\b";
    if (const re2::RE2 alone{whole, options()}; !alone.ok()) return alone.error();
    if (re2::RE2::FullMatch("", re2::RE2{std::string{pattern}, options()}))
        return "it matches nothing at all";
    wholes_.push_back(whole);
    return {};
}

std::string RuleMatcher::compile(const Words& used) {
    for (std::size_t i = 0; i < wholes_.size(); ++i) {
        int id = 0;
        if (!used.test(i + 1)) continue;
        patterns_.Add(wholes_[i], options(), &id);
        bits_.push_back(static_cast<std::uint16_t>(i + 1));
        ids_.resize(i + 2, -1);
        ids_.back() = id;
    }
    wholes_.clear();
    if (bits_.empty()) return {};
    patterns_.Compile(&atoms_);
    std::vector<std::vector<int>> by_pair(pairs);
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
        if (atoms_[i].size() < 2) return "a piece to look for is too short";
        by_pair[pair_of(atoms_[i][0], atoms_[i][1])].push_back(static_cast<int>(i));
    }
    for (std::size_t i = 0; i < pairs; ++i) {
        if (by_pair[i].empty()) continue;
        first_of_pair_[i] = static_cast<std::uint16_t>(atoms_by_pair_.size() + 1);
        for (const int atom : by_pair[i]) atoms_by_pair_.push_back(atom);
        atoms_by_pair_.push_back(-1);
    }
    if (atoms_by_pair_.size() >= pairs) return "there are too many of them";
    return {};
}

void RuleMatcher::atoms_in(std::string_view folded, std::vector<int>& found) const {
    for (std::size_t at = 0; at + 1 < folded.size(); ++at) {
        const std::size_t first = first_of_pair_[pair_of(folded[at], folded[at + 1])];
        if (first == 0) continue;
        const std::string_view rest = folded.substr(at);
        for (const int* atom = &atoms_by_pair_[first - 1]; *atom >= 0; ++atom)
            if (rest.starts_with(atoms_[static_cast<std::size_t>(*atom)])) found.push_back(*atom);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
}

Words RuleMatcher::possible_in(std::string_view folded) const {
    Words words;
    if (bits_.empty()) return words;
    std::vector<int> atoms, possible;
    atoms_in(folded, atoms);
    patterns_.AllPotentials(atoms, &possible);
    for (const int id : possible) words.set(bits_[static_cast<std::size_t>(id)]);
    return words;
}

bool RuleMatcher::occurs_in(std::string_view folded, std::uint16_t word) const {
    if (word >= ids_.size() || ids_[word] < 0) return false;
    return re2::RE2::PartialMatch({folded.data(), folded.size()}, patterns_.GetRE2(ids_[word]));
}

}  // namespace raadspost::answer
