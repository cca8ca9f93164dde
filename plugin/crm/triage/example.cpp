// example.cpp - what people said about messages beside what the machine said: the labelled examples, and by
// kind how often the machine was right. One example for a message, the last word on it.
#include "crm/entities.hpp"
#include "crm/triage/kinds.hpp"
#include "crm/triage/settling.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// In a list of words parted by commas.
std::string names(const char* column, const char* kind) {
    return std::string{"',' || "} + column + " || ',' like '%,' || " + kind + " || ',%'";
}

std::string all_kinds() {
    std::string rows;
    for (std::size_t n = 0; n < answer::kind_names.size(); ++n)
        rows += (n == 0 ? "" : " union all ") + std::string{"select "} + std::to_string(n + 1) + " as id, '" +
                std::string{answer::kind_names[n]} + "' as kind";
    return rows;
}

std::string score_query() {
    const std::string said = names("e.machine_kinds", "k.kind"), meant = names("e.kinds", "k.kind");
    return "select k.id, null as create_uid, null as create_date, null as write_uid, null as write_date, "
           "k.kind, "
           "sum(case when " +
           said + " then 1 else 0 end) as said, sum(case when " + meant +
           " then 1 else 0 end) as meant, sum(case when " + said + " and " + meant +
           " then 1 else 0 end) as agreed from (" + all_kinds() +
           ") k left join raadspost_example e on true group by k.id, k.kind";
}

Values kind_labels(const Ids& scores) {
    Values labels;
    for (const Id id : scores)
        if (id >= 1 && id <= static_cast<Id>(answer::kind_names.size()))
            labels[id] = in_words({static_cast<answer::Kind>(id - 1)});
    return labels;
}

Values share(const Ids& scores, const char* of) {
    Values found;
    for (const auto& [id, part, whole] :
         Rows<Id, std::int64_t, std::int64_t>{std::string{"select q.id, q.agreed, q."} + of + " from (" +
                                                  score_query() + ") q where q.id in {}",
                                              scores})
        found[id] = whole > 0 ? Value{static_cast<double>(part) / static_cast<double>(whole)} : Value{};
    return found;
}

std::map<std::string, Values> examples_in_words(const Ids& examples, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    const KindWords words;
    for (const auto& [id, said, meant] : Rows<Id, std::optional<std::string>, std::string>{
             "select id, machine_kinds, kinds from raadspost_example where id in {}", examples}) {
        found["machine_words"][id] = words.of(said.value_or(""));
        found["words"][id] = words.of(meant);
    }
    return found;
}

}  // namespace

Model example() {
    return Model{"raadspost.example", "Example"}
        .stored()
        .shown()
        .ordered_by("at", "DESC")
        .named_by("kinds")
        .field(Many2One{"message", "raadspost.message", "Message"}.required().on_delete("CASCADE").readonly())
        .field(Char{"machine_kinds", "Kinds, Says the Machine (Keys)"}.readonly())
        .field(Char{"kinds", "Kinds, Says a Person (Keys)"}.required().readonly())
        .fields({Char{"machine_words", "Kinds, Says the Machine"}, Char{"words", "Kinds, Says a Person"}},
                examples_in_words)
        .field(Many2One{"machine_case", "raadspost.case", "Case, Says the Machine"}
                   .on_delete("SET NULL")
                   .readonly())
        .field(Many2One{"case", "raadspost.case", "Case, Says a Person"}.on_delete("SET NULL").readonly())
        .field(Char{"rule_version", "Version of the Rules"}.readonly())
        .field(Char{"rules", "By These Rules"}.readonly())
        .field(Boolean{"agreed", "Same Kinds"}.readonly())
        .field(Many2One{"actor", "res.user", "Who"}.on_delete("RESTRICT").readonly())
        .field(DateTimeField{"at", "When"}.required().readonly())
        .unique({"message"}, "msg_answer_settled_twice");
}

Model example_score() {
    return Model{"raadspost.example.score", "How Often the Rules Were Right"}
        .stored()
        .shown()
        .named_by("kind")
        .from_query(score_query)
        .field(Char{"kind", "Key"})
        .field(Function{Char{"label", "Kind"}, kind_labels})
        .field(Integer{"said", "Said by the Machine"})
        .field(Integer{"meant", "Meant by People"})
        .field(Integer{"agreed", "Both"})
        .field(Function{Float{"precision", "Right When Said"}.digits(3, 2),
                        [](const Ids& scores) { return share(scores, "said"); }})
        .field(Function{Float{"recall", "Said When Meant"}.digits(3, 2),
                        [](const Ids& scores) { return share(scores, "meant"); }});
}

}  // namespace raadspost::crm
