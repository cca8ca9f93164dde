#include "core/answer/patterns/required_pieces.hpp"

#include <re2/filtered_re2.h>

#include <algorithm>

namespace raadspost::answer {
namespace {

std::optional<std::vector<std::string>> pieces_of(std::string_view pattern, const re2::RE2::Options& options,
                                                  int shortest) {
    re2::FilteredRE2 filter{shortest};
    int id = 0;
    if (filter.Add({pattern.data(), pattern.size()}, options, &id) != re2::RE2::NoError) return std::nullopt;
    std::vector<std::string> pieces;
    filter.Compile(&pieces);
    const auto matches_with = [&](const std::vector<int>& which) {
        std::vector<int> possible;
        filter.AllPotentials(which, &possible);
        return !possible.empty();
    };
    if (pieces.empty() || matches_with({})) return std::nullopt;
    if (pieces.size() > max_pieces_weighed) return pieces;
    std::vector<int> by_length(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) by_length[i] = static_cast<int>(i);
    std::ranges::stable_sort(by_length, {},
                             [&](int i) { return pieces[static_cast<std::size_t>(i)].size(); });
    // With all that are dropped nothing matches yet; so a match has one of those that are kept.
    std::vector<int> dropped;
    std::vector<std::string> kept;
    for (const int i : by_length) {
        dropped.push_back(i);
        if (!matches_with(dropped)) continue;
        dropped.pop_back();
        kept.push_back(pieces[static_cast<std::size_t>(i)]);
    }
    return kept;
}

}  // namespace

// Letters stand in nearly every text: one alone is asked for where there is nothing longer, as the "@" of an
// address.
std::optional<std::vector<std::string>> required_pieces(std::string_view pattern,
                                                        const re2::RE2::Options& options) {
    constexpr int shortest = 2;
    if (auto pieces = pieces_of(pattern, options, shortest)) return pieces;
    return pieces_of(pattern, options, 1);
}

}  // namespace raadspost::answer
