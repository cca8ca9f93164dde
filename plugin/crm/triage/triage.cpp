#include "crm/triage/triage.hpp"

#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "crm/followup/answers_in_hand.hpp"
#include "crm/moment.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {

using namespace tryton;
using answer::Kind;
using MaybeText = std::optional<std::string>;
using MaybeId = std::optional<Id>;

namespace {

struct Present {
    std::string state, trust, subject;
    Kinds kinds, machine_kinds;
    Id case_id = 0, machine_case = 0, dispatch = 0;
    DateTime received_at{};
};

// The update is a lock: two people, or a person and the reader, come one after the other.
Present look_at(Id message) {
    execute("update raadspost_message set write_date = {} where id = {}", now(), message);
    Present present;
    for (auto& [state, trust, subject, kinds, machine_kinds, case_id, machine_case, dispatch, received_at] :
         Rows<std::string, MaybeText, MaybeText, MaybeText, MaybeText, MaybeId, MaybeId, MaybeId, DateTime>{
             "select state, trust, subject, kinds, machine_kinds, \"case\", machine_case, dispatch, "
             "received_at "
             "from raadspost_message where id = {}",
             message}) {
        present.state = state;
        present.trust = trust.value_or("");
        present.subject = subject.value_or("");
        present.kinds = kinds_of(kinds.value_or(""));
        present.machine_kinds = kinds_of(machine_kinds.value_or(""));
        present.case_id = case_id.value_or(0);
        present.machine_case = machine_case.value_or(0);
        present.dispatch = dispatch.value_or(0);
        present.received_at = received_at;
    }
    if (present.state == "unread") throw UserError{"msg_answer_unread", {{"subject", present.subject}}};
    return present;
}

void decided(Id message, const char* state) {
    const Id user = current_user();
    execute("update raadspost_message set state = {}, decided_by = {}, decided_at = {} where id = {}", state,
            user > 0 ? Value{user} : Value{}, now(), message);
    forget_cached("raadspost.message", {message});
}

// One for a message: the last word.
void keep_example(Id message, const Present& machine, const Kinds& kinds, Id case_id) {
    const Id user = current_user();
    execute("delete from raadspost_example where message = {}", message);
    const std::set<Kind> said(machine.machine_kinds.begin(), machine.machine_kinds.end()),
        meant(kinds.begin(), kinds.end());
    for (const auto& [version, rules] : Rows<MaybeText, MaybeText>{
             "select rule_version, rules from raadspost_message where id = {}", message})
        insert_rows<Id, std::string, std::string, MaybeId, MaybeId, MaybeText, MaybeText, bool, MaybeId,
                    DateTime>("raadspost.example",
                              {"message", "machine_kinds", "kinds", "machine_case", "case", "rule_version",
                               "rules", "agreed", "actor", "at"},
                              {{message, stored(machine.machine_kinds), stored(kinds),
                                machine.machine_case > 0 ? MaybeId{machine.machine_case} : std::nullopt,
                                case_id > 0 ? MaybeId{case_id} : std::nullopt, version, rules, said == meant,
                                user > 0 ? MaybeId{user} : std::nullopt, now()}});
}

// The message of ours to this case that could be answered then: the latest before it.
Id dispatch_for(Id case_id, const Present& present) {
    const Rows<Id> named{
        "select l.dispatch from \"raadspost_dispatch-raadspost_case\" l where l.\"case\" = {} and l.dispatch "
        "= {}",
        case_id, present.dispatch};
    if (!named.empty()) return present.dispatch;
    const Rows<Id> latest{
        "select d.id from raadspost_dispatch d join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = "
        "d.id "
        "where l.\"case\" = {} and d.state in ('sent', 'delivered', 'bounced', 'uncertain') "
        "and coalesce(d.sent_at, d.claimed_at) <= {} order by d.sent_at desc, d.id desc limit 1",
        case_id, present.received_at};
    return latest.empty() ? 0 : std::get<0>(latest.front());
}

Value unless_empty(const std::string& text) {
    return text.empty() ? Value{} : Value{text};
}

void write(Id message, const Correction& correction, Id dispatch) {
    Value council, appeal;
    for (const auto& [c, a] :
         Rows<Id, Id>{"select council, appeal from raadspost_case where id = {}", correction.case_id}) {
        council = c;
        appeal = a;
    }
    execute(
        "update raadspost_message set \"case\" = {}, council = {}, appeal = {}, dispatch = {}, kinds = {}, "
        "list_number = {}, list_date = {}, disposal = {}, meeting_date = {}, case_number = {}, redirect_to = "
        "{}, "
        "absent_until = {} where id = {}",
        correction.case_id > 0 ? Value{correction.case_id} : Value{}, council, appeal,
        dispatch > 0 ? Value{dispatch} : Value{}, stored(correction.kinds),
        unless_empty(correction.list_number), correction.list_date, unless_empty(correction.disposal),
        correction.meeting_date, unless_empty(correction.case_number), unless_empty(correction.redirect_to),
        correction.absent_until, message);
}

}  // namespace

void accept(Id message) {
    const Present present = look_at(message);
    if (present.trust == "forged") throw UserError{"msg_answer_forged", {{"subject", present.subject}}};
    if (present.case_id == 0 && answer::is_about_a_case(present.kinds))
        throw UserError{"msg_answer_no_case", {{"subject", present.subject}}};
    keep_example(message, present, present.kinds, present.case_id);
    decided(message, "settled");
    settle(message, How::accepted);
    plan_around_message(message);
}

void correct(Id message, const Correction& correction) {
    const Present present = look_at(message);
    if (correction.kinds.empty()) throw UserError{"msg_answer_no_kind", {{"subject", present.subject}}};
    if (correction.case_id == 0 && answer::is_about_a_case(correction.kinds))
        throw UserError{"msg_answer_no_case", {{"subject", present.subject}}};
    if (!correction.redirect_to.empty() && !is_mailbox(folded_mailbox(correction.redirect_to)))
        throw UserError{"msg_griffie_mailbox", {{"email", correction.redirect_to}}};
    const bool of_office = std::ranges::any_of(correction.kinds, answer::is_bounce) ||
                           correction.kinds.front() == Kind::auto_reply;
    const Id dispatch = correction.case_id > 0 ? dispatch_for(correction.case_id, present)
                        : of_office            ? present.dispatch
                                               : 0;
    write(message, correction, dispatch);
    // What a person calls a failure is one, whatever the report said.
    execute("update raadspost_message set failure = null where id = {} and failure in ('none', 'pending')",
            message);
    keep_example(message, present, correction.kinds, correction.case_id);
    decided(message, "settled");
    settle(message, How::corrected);
    plan_around_message(message);
}

void set_aside(Id message) {
    look_at(message);
    settle(message, How::set_aside);
    decided(message, "set_aside");
    plan_around_message(message);
}

void take_back(Id message) {
    look_at(message);
    settle(message, How::undone);
    execute("delete from raadspost_example where message = {}", message);
    // Theirs from now on: no newer rules do again what somebody has taken back.
    decided(message, "proposed");
    plan_around_message(message);
}

Ids messages_of(const Ids& events) {
    Ids messages;
    for (const auto& [message] : Rows<Id>{
             "select distinct e.message from raadspost_event e where e.id in {} and e.undone_by is null and "
             "exists (select 1 from raadspost_message_effect f where f.message = e.message and f.standing)",
             events})
        messages.push_back(message);
    return messages;
}

}  // namespace raadspost::crm
