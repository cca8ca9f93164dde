#include "crm/appeal/step_rule.hpp"

#include "crm/appeal/step_words.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <cstdlib>

namespace raadspost::crm {

using namespace tryton;

namespace {

Choices step_anchors() {
    return {{"start", "Start of the appeal"},
            {"date", "A date"},
            {"voting_day", "Voting day"},
            {"installation", "Installation of the new council"},
            {"previous_step", "The step before"}};
}

Choices step_conditions() {
    return {{"always", "All"},
            {"no_answer", "Without an answer"},
            {"receipt_only", "That sent a receipt and no more"},
            {"not_passed_on", "That did not pass it on"},
            {"not_listed", "That did not list it"},
            {"passed_on", "That passed it on"}};
}

Choices step_looks() {
    return {{"this", "This term"}, {"previous", "The term before"}, {"both", "Both terms"}};
}

constexpr std::int64_t most_times = 20, most_days = 3650;

struct Rule {
    Id id, appeal;
    std::int64_t sequence;
    std::string name, anchor;
    std::optional<Date> not_before, not_after;
    std::int64_t offset, cap;
    std::optional<std::int64_t> days_apart;
};

void check_rule(const Rule& rule) {
    const Dict step{{"step", rule.name}};
    if (rule.anchor == "previous_step" && Rows<Id>{"select id from raadspost_step where appeal = {} and "
                                                   "(sequence < {} or (sequence = {} and id < {})) "
                                                   "limit 1",
                                                   rule.appeal, rule.sequence, rule.sequence, rule.id}
                                              .empty())
        throw UserError{"msg_step_no_previous", step};
    if (rule.not_before && rule.not_after && *rule.not_after < *rule.not_before)
        throw UserError{"msg_step_dates_crossed", step};
    if (std::abs(rule.offset) > most_days)
        throw UserError{"msg_step_bounds", {{"step", rule.name}, {"least", -most_days}, {"most", most_days}}};
    if (rule.cap < 1 || rule.cap > most_times)
        throw UserError{"msg_step_bounds", {{"step", rule.name}, {"least", 1}, {"most", most_times}}};
    if (rule.days_apart && (*rule.days_apart < 0 || *rule.days_apart > most_days))
        throw UserError{"msg_step_bounds", {{"step", rule.name}, {"least", 0}, {"most", most_days}}};
}

void check(const Ids& steps) {
    Rows<Id, Id, std::int64_t, std::string, std::string, std::optional<Date>, std::optional<Date>,
         std::int64_t, std::int64_t, std::optional<std::int64_t>>
        rows{
            "select id, appeal, sequence, name, anchor, due, not_after, \"offset\", cap, "
            "days_apart "
            "from raadspost_step where id in {}",
            steps};
    for (auto& [id, appeal, sequence, name, anchor, not_before, not_after, offset, cap, days_apart] : rows)
        check_rule({id, appeal, sequence, std::move(name), std::move(anchor), not_before, not_after, offset,
                    cap, days_apart});
}

}  // namespace

void add_rule(Model& step) {
    const Pyson on_a_date = eval("anchor") == "date";
    const Pyson repeated = eval("cap", 1) > 1;
    const auto worded = [&step](Field field) { step.field(field.on_change(worded_fields(), refresh_words)); };
    worded(Selection{"anchor", "Counted from", step_anchors()}.required().starts_as("start"));
    worded(DateField{"anchor_date", "Date"}.required(on_a_date).invisible(!on_a_date));
    worded(Integer{"offset", "Days Later"}.required().starts_as(Value{0}).help(
        "Fewer than 0: so many days before."));
    worded(Selection{"offset_unit", "Counted in", {{"days", "Days"}, {"working_days", "Working Days"}}}
               .required()
               .starts_as("days"));
    worded(
        TimeField{"time_of_day", "Time of Day"}
            .option("format", "%H:%M")
            .help("In the Netherlands, like 09:30. Empty: as soon as the sending hours of that day begin."));
    worded(Selection{"condition", "To Councils", step_conditions()}.required().starts_as("always"));
    worded(Selection{"looks_at", "Looking at", step_looks()}
               .required()
               .invisible(eval("condition") == "always")
               .starts_as("this")
               .help("A new council begins anew; what the one before it did stays known."));
    worded(DateField{"due", "Not before"}.help("Empty: as soon as the appeal runs."));
    worded(DateField{"not_after", "Not after"}.help("Empty: no end. The day itself is allowed."));
    worded(Integer{"cap", "Times"}.required().starts_as(Value{1}).help(
        "How often the same council gets this step at most, as long as the condition holds."));
    worded(Integer{"days_apart", "Days Between"}.required(repeated).invisible(!repeated));
    worded(Boolean{"needs_approval", "Asks for Approval Before It Is Sent"}.starts_as(false));
    add_words(step);
    step.validates(check);
}

}  // namespace raadspost::crm
