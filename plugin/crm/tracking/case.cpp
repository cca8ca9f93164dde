// case.cpp - one appeal at one council in one term: where its dispatches, and later its outcomes, come
// together.
#include "crm/entities.hpp"
#include "crm/opening.hpp"
#include "crm/tracking/furthest.hpp"
#include "crm/tracking/outcome.hpp"
#include "tryton/rows.hpp"

#include <re2/re2.h>

namespace raadspost::crm {

using namespace tryton;

namespace {

// The furthest of the case's dispatches speaks for it.
const Choices states = {
    {"none", "Nothing planned"}, {"waiting", "Waiting"},     {"sent", "Sent"},
    {"delivered", "Delivered"},  {"uncertain", "Uncertain"}, {"failed", "Not delivered"},
};

const Furthest& delivery() {
    static const Furthest delivery{{{"none", {}},
                                    {"waiting", {"planned", "held", "released", "claimed", "deferred"}},
                                    {"failed", {"refused", "bounced"}},
                                    {"uncertain", {"uncertain"}},
                                    {"sent", {"sent"}},
                                    {"delivered", {"delivered"}}},
                                   "dispatches",
                                   "state"};
    return delivery;
}

Values delivery_states(const Ids& cases) {
    Values found;
    for (const Id id : cases) found[id] = delivery().shown(0);
    for (const auto& [id, rank] :
         Rows<Id, std::int64_t>{"select l.\"case\", max(" + delivery().rank_of("d.state") +
                                    ") from \"raadspost_dispatch-raadspost_case\" l join raadspost_dispatch "
                                    "d on d.id = l.dispatch "
                                    "where l.\"case\" in {} group by l.\"case\"",
                                cases})
        found[id] = delivery().shown(rank);
    return found;
}

// What finds a case by the furthest of its own.
Searcher among(const Furthest& furthest) {
    return [&furthest](const std::string& op, const Value& operand) { return furthest.search(op, operand); };
}

Values references(const Ids& cases) {
    Values found;
    for (const auto& [id, appeal, code] : Rows<Id, Id, std::string>{
             "select k.id, k.appeal, c.code from raadspost_case k join raadspost_council c "
             "on c.id = k.council where k.id in {}",
             cases})
        found[id] = "R" + std::to_string(appeal) + "-" + code;
    return found;
}

// "Heemstede (R12-GM0397)": whom it is about, and the number that stands in the letter.
Values names(const Ids& cases) {
    Values found;
    const Values numbers = references(cases);
    for (const auto& [id, council] : Rows<Id, std::string>{
             "select k.id, c.name from raadspost_case k join raadspost_council c on c.id = k.council "
             "where k.id in {}",
             cases})
        found[id] = council + " (" + numbers.at(id).as<std::string>() + ")";
    return found;
}

// Councils are found by their code: of the letter's number only that is looked for.
std::string searched(const std::string& typed) {
    static const RE2 reference{R"((?i)\bR\d+-(GM\d{4})\b)"};
    std::string text = typed;
    RE2::Replace(&text, reference, R"(\1)");
    std::erase(text, '%');
    return text;
}

}  // namespace

Model case_record() {
    return Model{"raadspost.case", "Case"}
        .stored()
        .shown()
        .named_by(names, {"council"})
        .folding(searched)
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().readonly().on_delete("RESTRICT"))
        .field(Many2One{"council", "raadspost.council", "Council"}
                   .required()
                   .readonly()
                   .on_delete("RESTRICT")
                   .indexed())
        .field(Char{"period", "Term"}.required().readonly())
        .field(Function{Char{"reference", "Reference"}, references})
        .field(Many2One{"province", "country.subdivision", "Province"}
                   .readonly()
                   .on_delete("RESTRICT")
                   .unchecked())
        .field(Many2One{"association", "raadspost.association", "Association"}
                   .readonly()
                   .on_delete("RESTRICT")
                   .unchecked())
        .field(Many2Many{"dispatches", "raadspost.dispatch-raadspost.case", "case", "dispatch", "Dispatches"}
                   .readonly())
        .field(One2Many{"events", "raadspost.event", "case", "Log"}.readonly())
        .field(One2Many{"messages", "raadspost.message", "case", "Messages"}.readonly())
        .field(One2Many{"replies", "raadspost.reply", "case", "Answers of Ours"}.readonly())
        .field(One2Many{"contacts", "raadspost.contact", "case", "Letters, Calls and Meetings"}.readonly())
        .field(One2Many{"outcomes", "raadspost.outcome", "case", "Outcomes"}.readonly())
        .field(Function{Selection{"state", "State", states}, delivery_states}.searched_by(among(delivery())))
        .field(
            Function{Selection{"highest", "Furthest Outcome", outcome_kinds()}, highest_outcomes}.searched_by(
                among(progress())))
        .field(Function{Selection{"refusal", "Refusal", outcome_kinds()}, refusals}
                   .searched_by(among(refusal()))
                   .invisible(eval("refusal").is_empty()))
        .button("log_outcome", opening("wizard_log_outcome"))
        .button("log_contact", opening("wizard_log_contact"))
        .button("decide_plan", opening("wizard_decide_plan"))
        .unique({"appeal", "council", "period"}, "msg_case_unique");
}

}  // namespace raadspost::crm
