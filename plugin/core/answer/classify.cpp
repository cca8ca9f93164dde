#include "core/answer/classify.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace raadspost::answer {
namespace {

constexpr std::uint16_t asks_word = 0;  // the "?" of rules.hpp
constexpr std::size_t kind_count = kind_names.size();
constexpr int weak = 60;         // a finding below it gives way to any surer one
constexpr int asks_beside = 91;  // a question that is not merely how an invitation or an address is put

// The order in which kinds are named.
constexpr std::array<Kind, kind_count> by_importance = {
    Kind::bounce_hard, Kind::bounce_soft, Kind::auto_reply, Kind::declined, Kind::agenda,
    Kind::listed,      Kind::distributed, Kind::to_college, Kind::meeting,  Kind::question,
    Kind::redirect,    Kind::opt_out,     Kind::receipt,    Kind::other};

// The clauses of a message: those of the sentence at hand, and the one at hand.
struct Place {
    std::span<WordSearch> message, sentence;
    std::size_t clause;  // in the sentence
};

bool occurs(const RuleTerm::Alternative& one, const Place& place) {
    const auto in_any = [&](std::span<WordSearch> clauses) {
        return std::any_of(clauses.begin(), clauses.end(),
                           [&](WordSearch& each) { return each.has(one.word); });
    };
    switch (one.scope) {
        case RuleTerm::Scope::clause:
            return place.sentence[place.clause].has(one.word);
        case RuleTerm::Scope::sentence:
            return in_any(place.sentence);
        case RuleTerm::Scope::message:
            return in_any(place.message);
    }
    return false;
}

bool holds(const RuleTerm& term, const Place& place) {
    const bool any = std::any_of(term.any.begin(), term.any.end(),
                                 [&](const RuleTerm::Alternative& one) { return occurs(one, place); });
    return any != term.absent;
}

// What may stand in a clause, in its sentence and in the message.
struct Possible {
    Words clause, sentence, message;
};

// Whether each word that a rule demands may be there, told without looking for any.
bool may_hold(const Rule& rule, const Possible& possible) {
    return std::all_of(rule.demands.begin(), rule.demands.end(), [&](const Rule::Demand& demand) {
        return ((demand.clause & possible.clause) | (demand.sentence & possible.sentence) |
                (demand.message & possible.message))
            .any();
    });
}

class Settling {
public:
    explicit Settling(std::span<const Hit> hits) {
        for (const Hit& hit : hits) {
            auto& best = best_[static_cast<std::size_t>(hit.kind)];
            if (!best || hit.percent > best->percent) best = hit;
        }
    }
    bool has(Kind kind) const { return best_[static_cast<std::size_t>(kind)].has_value(); }
    bool any(auto... kinds) const { return (has(kinds) || ...); }
    const Hit& best(Kind kind) const { return *best_[static_cast<std::size_t>(kind)]; }
    void drop(Kind kind, bool when) {
        if (when) best_[static_cast<std::size_t>(kind)].reset();
    }
    void keep_only(Kind kind) {
        for (auto& each : best_)
            if (each && each->kind != kind) each.reset();
    }
    int surest(Kind but) const {
        int percent = 0;
        for (const auto& each : best_)
            if (each && each->kind != but) percent = std::max(percent, each->percent);
        return percent;
    }
    // A receipt says nothing against a weak finding: nearly every answer thanks first.
    void drop_weak() {
        const int top = surest(Kind::receipt);
        for (auto& each : best_)
            if (each && each->percent < weak && each->percent < top) each.reset();
    }

private:
    std::array<std::optional<Hit>, kind_count> best_;
};

// Whether the question stands in a sentence of its own, apart from the invitation or the new address.
bool asks_something_else(const Settling& kinds, std::span<const Hit> found) {
    if (!kinds.has(Kind::question) || kinds.best(Kind::question).percent < asks_beside) return false;
    const std::size_t asked = kinds.best(Kind::question).sentence;
    return std::none_of(found.begin(), found.end(), [&](const Hit& each) {
        return each.sentence == asked &&
               (each.kind == Kind::meeting || each.kind == Kind::redirect || each.kind == Kind::opt_out);
    });
}

std::vector<WordSearch> clauses_of(const Rules& rules, std::span<const Sentence> text) {
    std::vector<std::string_view> clauses;
    for (const Sentence& sentence : text)
        for (std::size_t i = 0; i < sentence.clauses.size(); ++i) clauses.push_back(sentence.clause(i));
    std::vector<WordSearch> message = WordSearch::of_all(rules, clauses);
    std::size_t end = 0;
    for (const Sentence& sentence : text) {
        end += sentence.clauses.size();
        if (sentence.asks) message[end - 1].set(asks_word);
    }
    return message;
}

std::vector<Hit> hits_in(const Rules& rules, std::span<const Sentence> text, std::span<WordSearch> message) {
    std::vector<Hit> out;
    Possible possible;
    for (const WordSearch& clause : message) possible.message |= clause.possible();
    // Most rules ask for words that stand nowhere in the message.
    std::vector<std::size_t> rules_left;
    for (std::size_t r = 0; r < rules.rules().size(); ++r)
        if (may_hold(rules.rules()[r], {possible.message, possible.message, possible.message}))
            rules_left.push_back(r);
    std::size_t first = 0;
    for (std::size_t s = 0; s < text.size(); ++s) {
        const std::size_t count = text[s].clauses.size();
        const std::span<WordSearch> sentence = message.subspan(first, count);
        first += count;
        possible.sentence.reset();
        for (const WordSearch& clause : sentence) possible.sentence |= clause.possible();
        for (std::size_t c = 0; c < count; ++c) {
            possible.clause = sentence[c].possible();
            for (const std::size_t r : rules_left) {
                const Rule& rule = rules.rules()[r];
                if (rule.bound && (rule.key & possible.clause).none()) continue;
                if (rule.kind == Kind::question && text[s].answered) continue;
                if (!may_hold(rule, possible)) continue;
                const Place place{message, sentence, c};
                if (std::all_of(rule.terms.begin(), rule.terms.end(),
                                [&](const RuleTerm& term) { return holds(term, place); }))
                    out.push_back({rule.kind, rule.percent, r, s, c});
                possible.clause = sentence[c].possible();  // what was looked for and not found is no longer
            }
        }
    }
    return out;
}

}  // namespace

Searched searched(const Rules& rules, std::span<const Sentence> text) {
    std::vector<WordSearch> message = clauses_of(rules, text);
    Searched out{hits_in(rules, text, message), {}};
    const auto worded = std::span{message}.first(std::min(message.size(), max_worded_clauses));
    out.words.reserve(worded.size());
    for (WordSearch& clause : worded) out.words.push_back(clause.all());
    return out;
}

std::vector<Hit> hits(const Rules& rules, std::span<const Sentence> text) {
    std::vector<WordSearch> message = clauses_of(rules, text);
    return hits_in(rules, text, message);
}

std::vector<Finding> settled(const Rules& rules, std::span<const Sentence> text, std::span<const Hit> found) {
    Settling kinds{found};
    if (kinds.has(Kind::other) && kinds.best(Kind::other).percent > kinds.surest(Kind::other))
        kinds.keep_only(Kind::other);
    // Something tells that the message is not about our letter.
    const bool doubtful = kinds.has(Kind::other) && kinds.best(Kind::other).percent >= weak;
    kinds.drop(Kind::other, kinds.surest(Kind::other) > 0);
    kinds.drop_weak();
    const bool treated = kinds.any(Kind::distributed, Kind::listed, Kind::to_college, Kind::agenda);
    kinds.drop(Kind::declined, treated);
    kinds.drop(Kind::question,
               kinds.any(Kind::meeting, Kind::redirect, Kind::opt_out) && !asks_something_else(kinds, found));
    // "Take this address from your list and use that one": the list is to be corrected, not left.
    kinds.drop(Kind::opt_out, kinds.any(Kind::redirect) && kinds.has(Kind::opt_out) &&
                                  kinds.best(Kind::redirect).sentence == kinds.best(Kind::opt_out).sentence);
    const bool person = treated || kinds.any(Kind::declined, Kind::meeting, Kind::question, Kind::opt_out);
    kinds.drop(Kind::auto_reply, person);
    constexpr int said_so = 70;  // thanks alone are no receipt beside a new address
    kinds.drop(Kind::receipt, person || kinds.has(Kind::auto_reply) ||
                                  (kinds.has(Kind::redirect) && kinds.has(Kind::receipt) &&
                                   kinds.best(Kind::receipt).percent < said_so));

    std::vector<Finding> out;
    for (const Kind kind : by_importance) {
        if (!kinds.has(kind)) continue;
        const Hit& hit = kinds.best(kind);
        const int most = doubtful && kind != Kind::other ? most_sure_in_doubt : hit.percent;
        const int percent = std::min(hit.percent, most);
        out.push_back({kind, percent, text[hit.sentence].line(), rules.rules()[hit.rule].name, hit.sentence});
    }
    return out;
}

void put_most_important_first(std::vector<Finding>& kinds) {
    std::ranges::stable_sort(kinds, {},
                             [](const Finding& each) { return std::ranges::find(by_importance, each.kind); });
}

std::vector<Finding> classify(const Rules& rules, std::span<const Sentence> text) {
    return settled(rules, text, hits(rules, text));
}

}  // namespace raadspost::answer
