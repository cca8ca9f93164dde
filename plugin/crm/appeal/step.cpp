// step.cpp - one planned message of an appeal: the first mail, a reminder. What it leaves empty is the
// appeal's.
#include "core/post/journal.hpp"
#include "crm/appeal/appeal_workflow.hpp"
#include "crm/appeal/approval.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <array>
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

// Only the approval of a step writes them.
constexpr std::array by_approval = {"approved_at", "approved_by", "approval_event"};

constexpr std::int64_t most_times = 20, most_days = 3650;

struct Rule {
    Id id, appeal;
    std::int64_t sequence;
    std::string name, anchor;
    std::optional<Date> anchor_date, not_before, not_after;
    std::int64_t offset, cap;
    std::optional<std::int64_t> days_apart;
};

void check_rule(const Rule& rule) {
    const Dict step{{"step", rule.name}};
    if (rule.anchor == "date" && !rule.anchor_date) throw UserError{"msg_step_date_missing", step};
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
    if (rule.cap > 1 && !rule.days_apart) throw UserError{"msg_step_days_apart_missing", step};
    if (rule.days_apart && (*rule.days_apart < 0 || *rule.days_apart > most_days))
        throw UserError{"msg_step_bounds", {{"step", rule.name}, {"least", 0}, {"most", most_days}}};
}

void check(const Ids& steps) {
    Rows<Id, Id, std::int64_t, std::string, std::string, std::optional<Date>, std::optional<Date>,
         std::optional<Date>, std::int64_t, std::int64_t, std::optional<std::int64_t>>
        rows{
            "select id, appeal, sequence, name, anchor, anchor_date, due, not_after, \"offset\", cap, "
            "days_apart "
            "from raadspost_step where id in {}",
            steps};
    for (auto& [id, appeal, sequence, name, anchor, anchor_date, not_before, not_after, offset, cap,
                days_apart] : rows)
        check_rule({id, appeal, sequence, std::move(name), std::move(anchor), anchor_date, not_before,
                    not_after, offset, cap, days_apart});
}

}  // namespace

Model step() {
    const Pyson on_a_date = eval("anchor") == "date";
    const Pyson repeated = eval("cap", 1) > 1;
    return Model{"raadspost.step", "Step"}
        .stored()
        .shown()
        .ordered_by("sequence")
        .named_by("name")
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().on_delete("CASCADE").indexed())
        .field(Char{"uuid", "UUID"}.readonly())
        .field(Integer{"sequence", "Sequence"}.required().starts_as(Value{1}))
        .field(Char{"name", "Name"}.required())
        .field(Selection{"anchor", "Counted from", step_anchors()}.required().starts_as("start"))
        .field(DateField{"anchor_date", "Date"}.required(on_a_date).invisible(!on_a_date))
        .field(Integer{"offset", "Days Later"}.required().starts_as(Value{0}).help(
            "Fewer than 0: so many days before."))
        .field(Selection{"offset_unit", "Counted in", {{"days", "Days"}, {"working_days", "Working Days"}}}
                   .required()
                   .starts_as("days"))
        .field(TimeField{"time_of_day", "Time of Day"}.help(
            "In the Netherlands. Empty: as soon as the sending hours of that day begin."))
        .field(Selection{"condition", "To Councils", step_conditions()}.required().starts_as("always"))
        .field(Selection{"looks_at", "Looking at", step_looks()}
                   .required()
                   .invisible(eval("condition") == "always")
                   .starts_as("this")
                   .help("A new council begins anew; what the one before it did stays known."))
        .field(DateField{"due", "Not before"}.help("Empty: as soon as the appeal runs."))
        .field(DateField{"not_after", "Not after"}.help("Empty: no end. The day itself is allowed."))
        .field(Integer{"cap", "Times"}.required().starts_as(Value{1}).help(
            "How often the same council gets this step at most, as long as the condition holds."))
        .field(Integer{"days_apart", "Days Between"}.required(repeated).invisible(!repeated))
        .field(Boolean{"needs_approval", "Asks for Approval Before It Is Sent"}.starts_as(false))
        .field(
            DateTimeField{"approved_at", "Approved At"}.readonly().invisible(!eval("needs_approval", false)))
        .field(Many2One{"approved_by", "res.user", "Approved By"}
                   .readonly()
                   .on_delete("RESTRICT")
                   .invisible(!eval("needs_approval", false)))
        .field(Many2One{"approval_event", "raadspost.event", "Event of the Approval"}.readonly().on_delete(
            "SET NULL"))
        .field(
            Boolean{"with_letter", "With letter"}.help("Attaches the letter as PDF.").starts_as(Value{true}))
        .field(Boolean{"continues_thread", "Continues the thread"}.help(
            "The message answers the one before it, so that mail programs show them together."))
        .field(Char{"subject", "Subject"}.help("Empty: the appeal's own subject."))
        .field(Text{"message", "Message"}.help("Empty: the appeal's own message."))
        .field(Text{"letter", "Letter"}.help("Empty: the appeal's own letter."))
        // Names the step in the ledger, where a row id would mean another step after a restore. A copy is
        // another step.
        .before_create([](std::vector<Dict>& rows) {
            for (Dict& row : rows) {
                row.insert_or_assign("uuid", post::new_journal_id());
                if (by_a_client())
                    for (const char* field : by_approval) row.erase(field);
            }
        })
        .before_write([](const Ids&, Dict& values) {
            if (by_a_client())
                for (const char* field : by_approval) values.erase(field);
        })
        .before_copy([](Dict& overrides) {
            for (const char* field : by_approval) overrides[field] = Value{};
        })
        .validates(check)
        .after_save([](const Ids& ids) { lapse_approval(appeals_of("raadspost.step", ids)); })
        .before_delete([](const Ids& ids) { refuse_unless_draft("raadspost.step", ids); });
}

}  // namespace raadspost::crm
