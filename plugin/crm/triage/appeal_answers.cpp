#include "crm/triage/appeal_answers.hpp"

#include "crm/triage/kinds.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

namespace {

struct Counts {
    std::map<std::string, std::int64_t> kinds;
    std::int64_t on_page = 0, waiting = 0, aside = 0;
};

std::string summary(const Counts& counts, const KindWords& words) {
    std::vector<std::pair<std::string, std::int64_t>> kinds(counts.kinds.begin(), counts.kinds.end());
    std::ranges::stable_sort(kinds, [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string lines;
    const auto add = [&](const std::string& name, std::int64_t number) {
        lines += (lines.empty() ? "" : "\n") + name + ": " + std::to_string(number);
    };
    // What waits for a person first, however many kinds came back.
    if (counts.waiting > 0) add(translated("msg_triage_waiting"), counts.waiting);
    if (counts.on_page > 0) add(translated("msg_triage_on_page"), counts.on_page);
    for (const auto& [kind, number] : kinds) add(words.of(kind), number);
    if (counts.aside > 0) add(translated("msg_triage_aside"), counts.aside);
    return lines;
}

}  // namespace

Values answer_summaries(const Ids& appeals) {
    std::map<Id, Counts> counted;
    for (const auto& [appeal, state, kinds, number] :
         Rows<Id, std::string, std::optional<std::string>, std::int64_t>{
             "select appeal, state, kinds, count(*) from raadspost_message where appeal in {} group by "
             "appeal, state, "
             "kinds",
             appeals}) {
        Counts& counts = counted[appeal];
        if (state == "set_aside") {
            counts.aside += number;
        } else if (state != "settled") {
            counts.waiting += number;
        } else {
            for (const std::string& kind : kinds_in(kinds.value_or(""))) counts.kinds[kind] += number;
        }
    }
    for (const auto& [appeal, state, number] : Rows<Id, std::string, std::int64_t>{
             "select k.appeal, p.state, count(*) from raadspost_page_answer p "
             "join raadspost_case k on k.id = p.\"case\" where k.appeal in {} group by k.appeal, p.state",
             appeals})
        (state == "to_judge" ? counted[appeal].waiting : counted[appeal].on_page) += number;
    Values found;
    if (counted.empty()) return found;
    const KindWords words;
    for (const auto& [appeal, counts] : counted) found[appeal] = summary(counts, words);
    return found;
}

}  // namespace raadspost::crm
