// New texts of answers: cut, classified, weighed, and searched for dates, numbers and addresses.
#include "core/answer/extract/facts.hpp"
#include "core/answer/rules/guesses.hpp"
#include "core/answer/weighing.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace raadspost::answer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto rules = Rules::parse(default_rules());
    if (!rules) __builtin_trap();
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const std::vector<Sentence> cut = sentences(text);
    for (const Sentence& sentence : cut) {
        if (sentence.folded.from.size() != sentence.folded.text.size() + 1 || sentence.clauses.empty())
            __builtin_trap();
        for (std::size_t i = 0; i < sentence.clauses.size(); ++i)
            if (sentence.clauses[i].second > sentence.folded.text.size()) __builtin_trap();
    }
    const Searched search = searched(*rules, cut);
    const std::vector<Hit>& found = search.hits;
    FactsContext context;
    context.written = std::chrono::year{2026} / 2 / 10;
    context.subject = text.substr(0, 80);
    const std::vector<Finding> kinds = settled(*rules, cut, found);
    const Facts stated = facts(cut, found, kinds, context);
    if (stated.list_date && !stated.list_date->ok()) __builtin_trap();
    if (stated.meeting_date && !stated.meeting_date->ok()) __builtin_trap();
    const std::vector<Likelihood> likely = default_guesses().likelihoods(cut, search.words, rules->words());
    for (const Likelihood& each : likely)
        if (!(each.likely >= 0 && each.likely <= each.most && each.most <= 1) || each.sentence >= cut.size())
            __builtin_trap();
    for (const Finding& each : weighed(kinds, likely, cut))
        if (each.percent < 1 || each.percent > 100) __builtin_trap();
    return 0;
}
