// outcome.cpp - a milestone of a case: what a council did with the appeal, when, and how we know. Never
// edited: a correction is another record, to which the corrected one points.
#include "crm/tracking/outcome.hpp"

#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <array>

namespace raadspost::crm {

using namespace tryton;

namespace {

// From the least to the most; what follows an empty key stands apart.
constexpr std::array progress = {"receipt", "answered",   "question",  "meeting",
                                 "agenda",  "to_college", "passed_on", "listed"};

std::string rank_of_progress() {
    std::string rank = "case kind";
    for (std::size_t n = 0; n < progress.size(); ++n)
        rank += std::string{" when '"} + progress[n] + "' then " + std::to_string(n + 1);
    return rank + " else 0 end";
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
        {"retracted", "Entered by Mistake"},
    };
    return choices;
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

Values highest_outcomes(const Ids& cases) {
    Values found;
    for (const auto& [id, rank] : Rows<Id, std::int64_t>{
             "select \"case\", max(" + rank_of_progress() +
                 ") from raadspost_outcome where \"case\" in {} and corrected_by is null group by \"case\"",
             cases})
        if (rank > 0) found[id] = progress.at(static_cast<std::size_t>(rank - 1));
    return found;
}

Values refusals(const Ids& cases) {
    Values found;
    for (const auto& [id, kind] :
         Rows<Id, std::string>{"select \"case\", max(kind) from raadspost_outcome where \"case\" in {} and "
                               "corrected_by is null "
                               "and kind in ('declined', 'no_more') group by \"case\"",
                               cases})
        found[id] = kind;
    return found;
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
                   .help("Empty: the machine itself."));
}

}  // namespace raadspost::crm
