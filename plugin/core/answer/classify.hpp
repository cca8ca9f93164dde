// What an answer means: which kinds of FORMAT it carries, how sure that is, and which sentence decided by
// which rule. It looks at the new text only (the caller leaves quotations, signatures and reports away) and
// knows nothing of who wrote. Pure; safe on any thread.
//
// Conventions: what is promised firmly counts as done, what is possible or conditional does not; a receipt is
// named only beside a new address; a refusal to list beside a hand-over is the hand-over; an invitation put
// as a question is a meeting.
#pragma once

#include "core/answer/rules.hpp"
#include "core/answer/rules/sentences.hpp"

#include <span>
#include <string>
#include <vector>

namespace raadspost::answer {

inline constexpr int most_sure_in_doubt = 75;  // percent: what something speaks against settles nothing

// One rule that held in one sentence.
struct Hit {
    Kind kind;
    int percent;
    std::size_t rule;      // in Rules::rules()
    std::size_t sentence;  // in the sentences given
    std::size_t clause;
};

struct Finding {
    Kind kind;
    int percent;       // 1 to 100
    std::string line;  // the sentence that decided, as written
    std::string rule;  // its name
    std::size_t sentence = 0;
};

// What was looked for in a text: every rule that holds, in the order of the text, and all words that stand in
// each clause, clause after clause; of the first `max_worded_clauses`, for an answer has no more.
inline constexpr std::size_t max_worded_clauses = 200;
struct Searched {
    std::vector<Hit> hits;
    std::vector<Words> words;
};
Searched searched(const Rules& rules, std::span<const Sentence> text);
// The rules alone.
std::vector<Hit> hits(const Rules& rules, std::span<const Sentence> text);

// The kinds, the most important first; empty where no rule holds. One finding per kind.
std::vector<Finding> classify(const Rules& rules, std::span<const Sentence> text);
void put_most_important_first(std::vector<Finding>& kinds);
std::vector<Finding> settled(const Rules& rules, std::span<const Sentence> text, std::span<const Hit> hits);

}  // namespace raadspost::answer
