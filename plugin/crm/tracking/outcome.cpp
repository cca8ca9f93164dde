// outcome.cpp - a milestone of a case: what a council did with the appeal, when, and how we know. Never
// edited: a correction is another record, to which the corrected one points.
#include "crm/tracking/outcome.hpp"

#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/opening.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// Of a case's outcomes that stand, from the least to the most.
Furthest among_outcomes(std::initializer_list<const char*> kinds) {
    std::vector<Furthest::Rank> ranks{{}};
    for (const char* const kind : kinds) ranks.push_back({kind, {kind}});
    return {std::move(ranks), "outcomes", "kind", List{List{"corrected_by", "=", Value{}}}};
}

Values furthest_of(const Ids& cases, const Furthest& furthest) {
    Values found;
    for (const auto& [id, rank] :
         Rows<Id, std::int64_t>{"select \"case\", max(" + furthest.rank_of("kind") +
                                    ") from raadspost_outcome where \"case\" in {} and corrected_by is null "
                                    "group by \"case\"",
                                cases})
        if (rank > 0) found[id] = furthest.shown(rank);
    return found;
}

Values outcome_names(const Ids& outcomes) {
    std::map<std::string, std::string> labels;
    Values names;
    for (auto& [id, kind] :
         Rows<Id, std::string>{"select id, kind from raadspost_outcome where id in {}", outcomes}) {
        std::string& label = labels[kind];
        if (label.empty()) label = label_of_choice("raadspost.outcome", "kind", kind);
        names[id] = label;
    }
    return names;
}

}  // namespace

const Choices& outcome_kinds() {
    static const Choices choices = {
        {"receipt", "Receipt"},
        {"answered", "Answered"},
        {"passed_on", "Passed On"},
        {"listed", "Listed"},
        {"to_college", "Handed to the College"},
        {"agenda", "On the Agenda"},
        {"meeting", "Meeting"},
        {"question", "Question"},
        {"declined", "Declined"},
        {"no_more", "Wants No More"},
        {entered_by_mistake, "Entered by Mistake"},
    };
    return choices;
}

Choices outcomes_to_log() {
    Choices kinds = outcome_kinds();
    std::erase_if(kinds, [](const auto& kind) { return kind.first == entered_by_mistake; });
    return kinds;
}

const Choices& outcome_sources() {
    static const Choices choices = {
        {"reply", "Reply"},
        {"own_click", "Griffie's Own Click"},
        {"staff", "Staff"},
        {"council_information", "Council Information"},
    };
    return choices;
}

const Furthest& progress() {
    static const Furthest progress = among_outcomes(
        {"receipt", "answered", "question", "meeting", "agenda", "to_college", "passed_on", "listed"});
    return progress;
}

const Furthest& refusal() {
    static const Furthest refusal = among_outcomes({"declined", "no_more"});
    return refusal;
}

Values highest_outcomes(const Ids& cases) {
    return furthest_of(cases, progress());
}

Values refusals(const Ids& cases) {
    return furthest_of(cases, refusal());
}

Model outcome() {
    return Model{"raadspost.outcome", "Outcome"}
        .stored()
        .shown()
        .ordered_by("on", "DESC")
        .named_by(outcome_names, {"case"})
        .field(
            Many2One{"case", "raadspost.case", "Case"}.required().readonly().on_delete("CASCADE").indexed())
        .field(Selection{"kind", "Outcome", outcome_kinds()}.required().readonly())
        .field(DateField{"on", "Date"}.required().readonly())
        .field(Char{"list_number", "Number on the List"}.readonly())
        .field(DateField{"list_date", "Date of the List"}.readonly())
        .field(DateField{"meeting_date", "Date of the Meeting"}.readonly())
        .field(
            Char{"disposal", "Disposal"}.readonly().help("What the council does with it, as the list says."))
        .field(Selection{"source", "Source", outcome_sources()}.required().readonly())
        .field(Text{"evidence", "Evidence"}.readonly())
        .field(Text{"note", "Note"}.readonly())
        .field(Many2One{"message", "raadspost.message", "Message"}.readonly().on_delete("SET NULL").indexed())
        .field(Many2One{"corrected_by", "raadspost.outcome", "Corrected By"}
                   .readonly()
                   .on_delete("RESTRICT")
                   .help("Empty: it stands."))
        .field(Many2One{"actor", "res.user", "Who"}
                   .readonly()
                   .on_delete("RESTRICT")
                   .help("Empty: the machine itself."))
        .button("correct", opening("wizard_correct_outcome"),
                {.invisible = !eval("corrected_by").is_empty() || eval("kind") == entered_by_mistake});
}

}  // namespace raadspost::crm
