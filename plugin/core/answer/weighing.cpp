#include "core/answer/weighing.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

bool has(std::span<const Finding> kinds, auto... which) {
    return std::ranges::any_of(kinds, [&](const Finding& each) { return ((each.kind == which) || ...); });
}

// One kind, as rules and words see it.
struct Weighed {
    const Likelihood* words;
    const Finding* rule;  // or none

    double score() const {
        const double by_rule = rule ? rule->percent / 100.0 : 0;
        return share_of_rules * by_rule + (1 - share_of_rules) * words->likely;
    }
    bool stands() const { return (rule && rule->percent >= firm_word) || score() >= enough_together; }
};

Finding finding(const Weighed& kind, std::span<const Sentence> text) {
    if (kind.rule) return *kind.rule;
    return {kind.words->kind,
            std::clamp(static_cast<int>(kind.words->likely * most_sure_guess), 1, most_sure_guess),
            text[kind.words->sentence].line(), std::string{guess_rule}, kind.words->sentence};
}

// The conventions that classify() keeps, for what came together here.
void keep_conventions(std::vector<Finding>& kinds, std::span<const Finding> by_rules) {
    const auto drop = [&](Kind kind, bool when) {
        if (when)
            std::erase_if(kinds,
                          [&](const Finding& each) { return each.kind == kind && each.percent < firm_word; });
    };
    drop(Kind::other, kinds.size() > 1);
    const bool asks_beside =
        has(by_rules, Kind::question) && has(by_rules, Kind::meeting, Kind::redirect, Kind::opt_out);
    drop(Kind::question, has(kinds, Kind::meeting, Kind::redirect, Kind::opt_out) && !asks_beside);
    drop(Kind::receipt, has(kinds, Kind::distributed, Kind::listed, Kind::to_college, Kind::agenda,
                            Kind::declined, Kind::meeting, Kind::question, Kind::opt_out, Kind::auto_reply));
}

double likely_enough(Kind kind) {
    return kind == Kind::receipt ? likely_enough_of_receipt : likely_enough_to_settle;
}

// Whether the text may say something besides the kinds that were found.
bool may_say_more(const Likelihood& other, std::span<const Finding> kinds) {
    const bool is_receipt = other.kind == Kind::receipt;
    // A new address is for a person to confirm, whatever else is said.
    if (is_receipt && kinds.size() == 1 && has(kinds, Kind::redirect)) return false;
    // Beside a deed there is always a sentence that confirms receipt or is about nothing.
    const bool says_nothing = is_receipt || other.kind == Kind::other;
    return (says_nothing ? other.likely : other.most) > unlikely_enough_to_settle;
}

// Whether rules and words say the same.
bool borne_out(std::span<const Finding> kinds, std::span<const Finding> by_rules,
               std::span<const Likelihood> likely) {
    const bool kept = std::ranges::all_of(by_rules, [&](const Finding& each) {
        return each.kind == Kind::other || each.kind == Kind::receipt || has(kinds, each.kind);
    });
    return kept && std::ranges::all_of(likely, [&](const Likelihood& each) {
               return has(kinds, each.kind) ? each.likely >= likely_enough(each.kind)
                                            : !may_say_more(each, kinds);
           });
}

}  // namespace

std::vector<Finding> weighed(const std::vector<Finding>& by_rules, std::span<const Likelihood> likely,
                             std::span<const Sentence> text) {
    if (likely.empty() || text.empty()) return by_rules;
    std::vector<Weighed> kinds;
    // Where a rule is sure of a refusal, the words of what was not done are there as well ("niet op de
    // lijst"): they bring no deed of their own.
    const bool refused = std::ranges::any_of(by_rules, [](const Finding& each) {
        return each.percent >= sure_enough && each.kind == Kind::declined;
    });
    const bool spoken =
        std::ranges::any_of(by_rules, [](const Finding& each) { return each.percent >= last_word; });
    for (const Likelihood& each : likely) {
        const auto rule = std::ranges::find(by_rules, each.kind, &Finding::kind);
        if (rule != by_rules.end())
            kinds.push_back({&each, &*rule});
        else if (!spoken && (!refused || !is_treatment(each.kind)))
            kinds.push_back({&each, nullptr});
    }
    std::vector<Finding> out;
    for (const Weighed& each : kinds)
        if (each.stands()) out.push_back(finding(each, text));
    // What the words know nothing of stays as the rules say.
    for (const Finding& each : by_rules)
        if (std::ranges::find(likely, each.kind, &Likelihood::kind) == likely.end()) out.push_back(each);
    if (out.empty() && !kinds.empty())
        if (const auto best = std::ranges::max_element(kinds, {}, &Weighed::score);
            best->score() >= enough_alone)
            out.push_back(finding(*best, text));
    keep_conventions(out, by_rules);
    // That an answer is about nothing of ours is said by finding nothing.
    std::erase_if(out,
                  [](const Finding& each) { return each.kind == Kind::other && each.rule == guess_rule; });
    put_most_important_first(out);
    if (!borne_out(out, by_rules, likely))
        for (Finding& each : out)
            if (each.percent < last_word) each.percent = std::min(each.percent, most_sure_in_doubt);
    return out;
}

std::vector<Finding> understood(const Rules& rules, std::span<const Sentence> text) {
    const Searched found = searched(rules, text);
    return weighed(settled(rules, text, found.hits),
                   default_guesses().likelihoods(text, found.words, rules.words()), text);
}

}  // namespace raadspost::answer
