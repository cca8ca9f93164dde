// event.cpp - the log of an appeal as records of the CRM.
#include "crm/tracking/event.hpp"

#include "crm/entities.hpp"
#include "crm/followup/plan_decision.hpp"
#include "crm/to_the_second.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

const Choices kinds = {
    {"submitted", "Submitted for approval"},
    {"withdrawn", "Withdrawn"},
    {"approved", "Approved"},
    {"approval_lapsed", "Approval lapsed"},
    {"started", "Started"},
    {"planned", "Dispatches planned"},
    {"stopped", "Stopped"},
    {"resumed", "Resumed"},
    {"closed", "Closed"},
    {"test_sent", "Test message sent"},
    {"test_failed", "Test message failed"},
    {"dispatch", "Dispatch changed"},
    {"outcome", "Outcome logged"},
    {"contact", "Contact logged"},
    {"reply", "Answer of ours"},
    {"page_answer", "Answer on the page"},
    {"opted_out", "Asked for no mail"},
    {"answer", "Answer received"},
    {"plan_decision", "Decision about the plan"},
    {"step_approved", "Step approved"},
    {"undone", "Undone"},
    {"note", "Note"},
};

}  // namespace

Model event() {
    return Model{"raadspost.event", "Event"}
        .stored()
        .shown()
        .ordered_by("at", "DESC")
        .named_by("text")
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.on_delete("CASCADE").indexed().readonly())
        .field(Many2One{"case", "raadspost.case", "Case"}.on_delete("CASCADE").indexed().readonly())
        .field(
            Many2One{"dispatch", "raadspost.dispatch", "Dispatch"}.on_delete("CASCADE").indexed().readonly())
        .field(Many2One{"message", "raadspost.message", "Message"}.on_delete("SET NULL").indexed().readonly())
        .field(Selection{"kind", "What", kinds}.required().readonly())
        .field(TimestampField{"at", "When"}.required().readonly())
        .field(Function{DateTimeField{"at_second", "When"}, to_the_second("raadspost_event", "at")})
        .field(Many2One{"actor", "res.user", "Who"}
                   .on_delete("RESTRICT")
                   .readonly()
                   .help("Empty: the machine itself."))
        .field(Text{"text", "Description"}.readonly())
        .field(Text{"evidence", "Evidence"}.readonly())
        .field(Many2One{"undone_by", "raadspost.event", "Undone by"}.on_delete("SET NULL").readonly())
        .field(Function{Boolean{"undoable", "Can Be Undone"}, undoable})
        .button("undo",
                [](const Ids& events) {
                    undo(events);
                    return Value{"reload"};
                },
                {.invisible = !eval("undoable", false)});
}

Ids record_events(const std::vector<Event>& events) {
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const Id user = current_user();
    const std::optional<Id> actor = user > 0 ? std::optional{user} : std::nullopt;
    const auto set = [](Id id) { return id > 0 ? std::optional{id} : std::nullopt; };
    std::vector<std::tuple<std::optional<Id>, std::optional<Id>, std::optional<Id>, std::optional<Id>,
                           std::string, DateTime, std::optional<Id>, std::string, std::optional<std::string>>>
        rows;
    rows.reserve(events.size());
    for (const Event& each : events)
        rows.emplace_back(set(each.appeal), set(each.case_id), set(each.dispatch), set(each.message),
                          each.kind, now, actor, each.text,
                          each.evidence.empty() ? std::nullopt : std::optional{each.evidence});
    return insert_rows("raadspost.event",
                       std::to_array<std::string_view>({"appeal", "case", "dispatch", "message", "kind", "at",
                                                        "actor", "text", "evidence"}),
                       rows);
}

void undo_last(Id appeal, std::string_view kind, Id undone_by) {
    const Rows<Id> last{
        "select id from raadspost_event where appeal = {} and kind = {} and undone_by is null "
        "order by id desc limit 1",
        appeal, kind};
    if (last.empty()) return;
    update_rows<Id>("raadspost.event", std::to_array<std::string_view>({"undone_by"}),
                    {{std::get<0>(last.front()), undone_by}});
}

}  // namespace raadspost::crm
