#include "crm/triage/effect_doing.hpp"

#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "core/post/delivery.hpp"
#include "crm/country/griffie.hpp"
#include "crm/followup/plan_decision.hpp"
#include "crm/moment.hpp"
#include "crm/tracking/outcome.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;
using post::State;

namespace {

std::optional<Id> maybe(Id id) {
    return id > 0 ? std::optional{id} : std::nullopt;
}

void councils_of_dispatch(Id dispatch, std::set<Id>& councils) {
    for (const auto& [council] : Rows<Id>{
             "select distinct k.council from \"raadspost_dispatch-raadspost_case\" l join raadspost_case k "
             "on k.id = l.\"case\" where l.dispatch = {}",
             dispatch})
        councils.insert(council);
}

void councils_of_griffie(Id griffie, std::set<Id>& councils) {
    for (const auto& [council] :
         Rows<Id>{"select council from \"raadspost_griffie-raadspost_council\" where griffie = {}", griffie})
        councils.insert(council);
}

// --- outcomes
// -----------------------------------------------------------------------------------------------

Changed add_outcome(Id message, const Effect& effect, std::set<Id>& councils) {
    const Id user = current_user();
    Dict values{{"case", effect.case_id},
                {"kind", effect.word},
                {"on", *effect.on},
                {"source", "reply"},
                {"evidence", effect.evidence},
                {"message", message},
                {"actor", user > 0 ? Value{user} : Value{}}};
    if (!effect.list_number.empty()) values["list_number"] = effect.list_number;
    if (effect.list_date) values["list_date"] = *effect.list_date;
    if (!effect.disposal.empty()) values["disposal"] = effect.disposal;
    if (effect.meeting_date) values["meeting_date"] = *effect.meeting_date;
    const Id outcome = create("raadspost.outcome", {values}).front();
    councils.insert(effect.council);
    return {outcome, "", "outcome " + std::to_string(outcome)};
}

// What was logged stays to be seen; a record that says so takes its place.
void retract_outcome(const Standing& standing, std::set<Id>& councils) {
    councils.insert(standing.council);
    for (const auto& [case_id, on, evidence] : Rows<Id, Date, std::optional<std::string>>{
             "select \"case\", \"on\", evidence from raadspost_outcome where id = {} and corrected_by is "
             "null",
             standing.changed.record}) {
        const Id user = current_user();
        const Id right = create("raadspost.outcome", {{{"case", case_id},
                                                       {"kind", entered_by_mistake},
                                                       {"on", on},
                                                       {"source", "reply"},
                                                       {"evidence", evidence},
                                                       {"message", standing.message},
                                                       {"actor", user > 0 ? Value{user} : Value{}}}})
                             .front();
        write("raadspost.outcome", {standing.changed.record}, {{"corrected_by", right}});
    }
}

// --- the state of a dispatch
// --------------------------------------------------------------------------------

std::string state_of(Id dispatch) {
    const Rows<std::string, std::optional<std::string>> row{
        "select state, reason from raadspost_dispatch where id = {}", dispatch};
    if (row.empty()) return {};
    const auto& [state, reason] = row.front();
    return state == "bounced" && reason ? state + ' ' + *reason : state;
}

// Only from the state that it was seen in: a sender or another reader may have been quicker.
bool move(Id dispatch, const std::string& seen, const std::string& to) {
    const auto part = [](const std::string& text, bool first) {
        const auto blank = text.find(' ');
        if (blank == std::string::npos) return first ? text : std::string{};
        return first ? text.substr(0, blank) : text.substr(blank + 1);
    };
    const std::string reason = part(to, false);
    const std::int64_t moved = execute(
        "update raadspost_dispatch set state = {}, reason = {}, sent_at = coalesce(sent_at, claimed_at), "
        "write_date = {} where id = {} and state = {}",
        part(to, true), reason.empty() ? Value{} : Value{reason}, now(), dispatch, part(seen, true));
    forget_cached("raadspost.dispatch", {dispatch});
    return moved == 1;
}

// By evidence: what is uncertain was sent, and what was sent arrived or came back.
bool may_become(const std::string& seen, State to) {
    const auto from = post::state_named(std::string_view{seen}.substr(0, seen.find(' ')));
    if (!from) return false;
    return *from == State::uncertain || post::allowed(*from, to);
}

Changed set_delivered(const Effect& effect, std::set<Id>& councils) {
    const std::string seen = state_of(effect.dispatch);
    if (!may_become(seen, State::delivered) || !move(effect.dispatch, seen, "delivered"))
        return {0, seen, seen};
    if (seen == "uncertain") councils_of_dispatch(effect.dispatch, councils);
    return {0, seen, "delivered"};
}

Changed set_bounced(const Effect& effect, std::set<Id>& councils) {
    const std::string seen = state_of(effect.dispatch), became = "bounced " + effect.word;
    // Of two reports the one that says that the address is wrong is heard, in whichever order they come.
    const bool worse = seen.starts_with("bounced") && seen != became && effect.word == answer::bounced_hard;
    if (!(worse || may_become(seen, State::bounced)) || !move(effect.dispatch, seen, became))
        return {0, seen, seen};
    councils_of_dispatch(effect.dispatch, councils);
    return {0, seen, became};
}

bool stands(const std::string& target, Effect::Kind kind) {
    return !Rows<Id>{
        "select id from raadspost_message_effect where target = {} and kind = {} and standing limit 1",
        target, answer::name(kind)}
                .empty();
}

void put_state_back(const Standing& standing, std::set<Id>& councils) {
    std::string back = standing.changed.was;
    if (state_of(standing.dispatch) != standing.changed.became) {
        // Something came on top of it, which goes back to where this began.
        execute("update raadspost_message_effect set was = {} where target = {} and was = {} and standing",
                back, standing.target, standing.changed.became);
        return;
    }
    if (back == "sent" && standing.kind == Effect::Kind::bounced &&
        stands(standing.target, Effect::Kind::delivered))
        back = "delivered";
    move(standing.dispatch, standing.changed.became, back);
    councils_of_dispatch(standing.dispatch, councils);
}

// --- an answer of ours, by the same table of states
// --------------------------------------------------------------------------------

std::string state_of_reply(Id reply) {
    const Rows<std::string, std::optional<std::string>> row{
        "select state, reason from raadspost_reply where id = {}", reply};
    if (row.empty()) return {};
    const auto& [state, reason] = row.front();
    return reason ? state + ' ' + *reason : state;
}

bool move_reply(Id reply, const std::string& seen, const std::string& to) {
    const auto parts = [](const std::string& text) {
        const auto blank = std::min(text.find(' '), text.size());
        return std::pair{text.substr(0, blank), blank < text.size() ? text.substr(blank + 1) : std::string{}};
    };
    const auto [state, reason] = parts(to);
    const auto moved = execute(
        "update raadspost_reply set state = {}, reason = {}, write_date = {} where id = {} and state = {}",
        state, reason.empty() ? Value{} : Value{reason}, now(), reply, parts(seen).first);
    forget_cached("raadspost.reply", {reply});
    return moved == 1;
}

Changed set_reply_bounced(const Effect& effect) {
    const std::string seen = state_of_reply(effect.reply), became = "bounced " + effect.word;
    const bool worse = seen.starts_with("bounced") && seen != became && effect.word == answer::bounced_hard;
    if (!(worse || may_become(seen, State::bounced)) || !move_reply(effect.reply, seen, became))
        return {effect.reply, seen, seen};
    return {effect.reply, seen, became};
}

void put_reply_back(const Standing& standing) {
    const Changed& changed = standing.changed;
    if (changed.was != changed.became && state_of_reply(changed.record) == changed.became)
        move_reply(changed.record, changed.became, changed.was);
}

// --- addresses
// ----------------------------------------------------------------------------------------------

std::pair<std::string, std::string> address_of(Id griffie) {
    const Rows<std::string, std::optional<std::string>> row{
        "select status, email from raadspost_griffie where id = {}", griffie};
    if (row.empty()) return {};
    return {std::get<0>(row.front()), std::get<1>(row.front()).value_or("")};
}

Changed set_failing(const Effect& effect, std::set<Id>& councils) {
    const std::string status = address_of(effect.griffie).first;
    if (status != "confirmed" && status != "unconfirmed") return {0, status, status};
    write("raadspost.griffie", {effect.griffie}, {{"status", "failing"}});
    councils_of_griffie(effect.griffie, councils);
    return {0, status, "failing"};
}

void put_status_back(const Standing& standing, std::set<Id>& councils) {
    if (address_of(standing.griffie).first != standing.changed.became) return;
    write("raadspost.griffie", {standing.griffie}, {{"status", standing.changed.was}});
    councils_of_griffie(standing.griffie, councils);
}

// The council of a shared office gets one of its own.
Changed split_off(const Effect& effect) {
    const Rows<std::string> names{"select name from raadspost_council where id = {}", effect.council};
    const Id own = add_griffies({{effect.council, std::get<0>(names.front()), effect.word, ""}}).front();
    write("raadspost.griffie", {own}, {{"status", "confirmed"}});
    execute("delete from \"raadspost_griffie-raadspost_council\" where griffie = {} and council = {}",
            effect.griffie, effect.council);
    refresh_griffie_names({effect.griffie});
    return {own, "shared", "own"};
}

Changed set_address(const Effect& effect, std::set<Id>& councils) {
    if (!is_mailbox(folded_mailbox(effect.word)))
        throw UserError{"msg_griffie_mailbox", {{"email", effect.word}}};
    std::set<Id> served;
    councils_of_griffie(effect.griffie, served);
    councils.insert(served.begin(), served.end());
    if (served.size() > 1 && served.contains(effect.council)) return split_off(effect);
    const auto [status, email] = address_of(effect.griffie);
    write("raadspost.griffie", {effect.griffie}, {{"email", effect.word}, {"status", "confirmed"}});
    return {0, status + ' ' + email, "confirmed " + effect.word};
}

void put_address_back(const Standing& standing, std::set<Id>& councils) {
    if (standing.changed.record != 0) {
        execute(
            "update \"raadspost_griffie-raadspost_council\" set griffie = {} where griffie = {} and council "
            "= {}",
            standing.griffie, standing.changed.record, standing.council);
        refresh_griffie_names({standing.griffie, standing.changed.record});
        councils.insert(standing.council);
        return;
    }
    const auto [status, email] = address_of(standing.griffie);
    if (status + ' ' + email != standing.changed.became) return;  // somebody has changed it since
    const std::string& was = standing.changed.was;
    const auto blank = was.find(' ');
    write("raadspost.griffie", {standing.griffie},
          {{"status", was.substr(0, blank)},
           {"email", blank + 1 == was.size() ? Value{} : Value{was.substr(blank + 1)}}});
    councils_of_griffie(standing.griffie, councils);
}

// --- suppressions and decisions
// -----------------------------------------------------------------------------

Changed add_suppression(const Effect& effect, std::set<Id>& councils) {
    const Rows<Id> there{
        "select id from raadspost_suppression where mailbox = {} and (scope = 'all' or (scope = 'appeal' and "
        "appeal = {}) or (scope = 'association' and association = (select association from raadspost_appeal "
        "where id = {}))) limit 1",
        effect.word, effect.appeal, effect.appeal};
    councils.insert(effect.council);
    if (!there.empty()) return {0, "suppressed", "suppressed"};
    const Id made = create("raadspost.suppression", {{{"email", effect.word},
                                                      {"scope", "appeal"},
                                                      {"appeal", effect.appeal},
                                                      {"reason", "opted_out"},
                                                      {"note", effect.evidence}}})
                        .front();
    return {made, "", "suppressed"};
}

void drop_suppression(const Standing& standing, std::set<Id>& councils) {
    councils.insert(standing.council);
    // A person may have widened it: then it is theirs.
    const Rows<Id> ours{"select id from raadspost_suppression where id = {} and scope = 'appeal'",
                        standing.changed.record};
    if (!ours.empty()) remove("raadspost.suppression", {standing.changed.record});
}

std::string reason_of(const Effect& effect) {
    if (effect.kind == Effect::Kind::postpone) return translated("msg_answer_absence_reason");
    if (effect.word.empty()) return translated("msg_answer_retry_reason");
    return translated("msg_answer_redirect_reason", {{"address", effect.word}});
}

Changed add_decision(const Effect& effect, std::set<Id>& councils) {
    const bool postpones = effect.kind == Effect::Kind::postpone;
    const Id user = current_user();
    const DateTime from = postpones ? now() : std::max(now(), DateTime{std::chrono::sys_days{*effect.on}});
    const Ids made = insert_rows<Id, Id, std::optional<Id>, std::string, std::string, DateTime,
                                 std::optional<Date>, std::optional<Id>, bool>(
        "raadspost.plan.decision",
        {"appeal", "council", "step", "kind", "reason", "at", "until", "actor", "undone"},
        {{effect.appeal, effect.council, maybe(effect.step), std::string{answer::name(effect.kind)},
          reason_of(effect), from, postpones ? effect.on : std::nullopt, maybe(user), false}});
    councils.insert(effect.council);
    return {made.front(), "", "decision " + std::to_string(made.front())};
}

void undo_decision(const Standing& standing, std::set<Id>& councils) {
    update_rows<bool>("raadspost.plan.decision", std::to_array<std::string_view>({"undone"}),
                      {{standing.changed.record, true}});
    if (standing.kind == Effect::Kind::retry) call_back(standing.step, standing.council, "staff");
    councils.insert(standing.council);
}

}  // namespace

Changed do_effect(Id message, const Effect& effect, std::set<Id>& councils) {
    const auto scope = Scope::without_access_checks();
    switch (effect.kind) {
        case Effect::Kind::outcome:
            return add_outcome(message, effect, councils);
        case Effect::Kind::delivered:
            return set_delivered(effect, councils);
        case Effect::Kind::bounced:
            return set_bounced(effect, councils);
        case Effect::Kind::failing:
            return set_failing(effect, councils);
        case Effect::Kind::suppression:
            return add_suppression(effect, councils);
        case Effect::Kind::postpone:
        case Effect::Kind::retry:
            return add_decision(effect, councils);
        case Effect::Kind::new_address:
            return set_address(effect, councils);
        case Effect::Kind::reply_bounced:
            return set_reply_bounced(effect);
    }
    return {};
}

void take_back(const Standing& standing, std::set<Id>& councils) {
    const auto scope = Scope::without_access_checks();
    switch (standing.kind) {
        case Effect::Kind::outcome:
            return retract_outcome(standing, councils);
        case Effect::Kind::delivered:
        case Effect::Kind::bounced:
            return put_state_back(standing, councils);
        case Effect::Kind::failing:
            return put_status_back(standing, councils);
        case Effect::Kind::suppression:
            return drop_suppression(standing, councils);
        case Effect::Kind::postpone:
        case Effect::Kind::retry:
            return undo_decision(standing, councils);
        case Effect::Kind::new_address:
            return put_address_back(standing, councils);
        case Effect::Kind::reply_bounced:
            return put_reply_back(standing);
    }
}

}  // namespace raadspost::crm
