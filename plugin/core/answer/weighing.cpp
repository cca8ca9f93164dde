#include "core/answer/weighing.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

constexpr double likelier_than_not = 0.5;

bool has(std::span<const Finding> kinds, auto... which) {
    return std::ranges::any_of(kinds, [&](const Finding& each) { return ((each.kind == which) || ...); });
}

bool is_treatment(Kind kind) {
    return kind == Kind::distributed || kind == Kind::listed || kind == Kind::to_college ||
           kind == Kind::agenda;
}

Finding guessed(const Likelihood& likely, std::span<const Sentence> text) {
    return {likely.kind, std::clamp(static_cast<int>(likely.likely * most_sure_guess), 1, most_sure_guess),
            text[likely.sentence].line(), std::string{guess_rule}, likely.sentence};
}

std::vector<Finding> by_words_alone(std::span<const Likelihood> likely, std::span<const Sentence> text) {
    std::vector<Finding> out;
    for (const Likelihood& each : likely)
        if (each.kind != Kind::other && each.likely >= likely_to_stand_together)
            out.push_back(guessed(each, text));
    const auto best = std::ranges::max_element(likely, {}, &Likelihood::likely);
    if (out.empty() && best->kind != Kind::other && best->likely >= likely_to_stand_alone)
        out.push_back(guessed(*best, text));
    return out;
}

// What words alone may put beside a rule's finding. Where something was denied or asked, the words of what
// was denied or asked about are there as well.
bool may_add(Kind kind, std::span<const Finding> by_rules) {
    if (has(by_rules, kind, Kind::other)) return false;
    if (is_treatment(kind)) return !has(by_rules, Kind::declined, Kind::question);
    return kind == Kind::meeting || kind == Kind::question || kind == Kind::opt_out;
}

// The conventions that classify() keeps, for what was added.
void keep_conventions(std::vector<Finding>& kinds) {
    const auto drop = [&](Kind kind, bool when) {
        if (when) std::erase_if(kinds, [&](const Finding& each) { return each.kind == kind; });
    };
    drop(Kind::question, has(kinds, Kind::meeting, Kind::redirect, Kind::opt_out));
    drop(Kind::receipt, has(kinds, Kind::distributed, Kind::listed, Kind::to_college, Kind::agenda,
                            Kind::declined, Kind::meeting, Kind::question, Kind::opt_out));
}

}  // namespace

std::vector<Finding> weighed(std::vector<Finding> by_rules, std::span<const Likelihood> likely,
                             std::span<const Sentence> text) {
    if (likely.empty() || text.empty()) return by_rules;
    if (by_rules.empty()) return by_words_alone(likely, text);
    const auto likelihood = [&](Kind kind) {
        const auto found = std::ranges::find(likely, kind, &Likelihood::kind);
        return found == likely.end() ? 1.0 : found->likely;
    };
    std::vector<Finding> out = by_rules;
    std::erase_if(out, [&](const Finding& each) {
        // A receipt is a word beside what else is said; classify() names it only beside a new address.
        return each.kind != Kind::other && each.kind != Kind::receipt &&
               likelihood(each.kind) < unlikely_enough_to_drop &&
               std::ranges::any_of(likely, [&](const Likelihood& other) {
                   return other.kind != each.kind && other.likely >= likelier_than_not;
               });
    });
    for (const Likelihood& each : likely)
        if (each.likely >= likely_enough_to_add && may_add(each.kind, by_rules))
            out.push_back(guessed(each, text));
    if (out.empty()) out = by_words_alone(likely, text);
    keep_conventions(out);
    put_most_important_first(out);

    const bool doubted = out.size() != by_rules.size() ||
                         std::ranges::any_of(out,
                                             [&](const Finding& each) {
                                                 return each.kind != Kind::other &&
                                                        likelihood(each.kind) < unlikely_enough_to_doubt;
                                             }) ||
                         std::ranges::any_of(likely, [&](const Likelihood& each) {
                             return each.likely >= likelier_than_not && !has(out, each.kind);
                         });
    if (doubted)
        for (Finding& each : out) each.percent = std::min(each.percent, most_sure_in_doubt);
    return out;
}

}  // namespace raadspost::answer
