#include "crm/triage/settling.hpp"

#include "core/calendar/council_term.hpp"
#include "crm/followup/planner.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <map>

namespace raadspost::crm {

using namespace tryton;
using answer::Kind;
using MaybeText = std::optional<std::string>;
using MaybeId = std::optional<Id>;
using MaybeDate = std::optional<Date>;
using MaybeTime = std::optional<DateTime>;

namespace {

struct CaseBehind {
    Id id = 0, council = 0;
};

// The row, and the dispatch that it is about.
struct Answer {
    Id id = 0, case_id = 0, dispatch = 0, appeal = 0, step = 0, griffie = 0;
    bool by_person = false;
    std::string state, failure, failure_reason, subject, line, list_number, disposal, redirect_to, mailbox;
    Kinds kinds;
    MaybeDate list_date, meeting_date, absent_until;
    DateTime received_at{};
    MaybeTime mail_date, sent_at;
    std::vector<CaseBehind> cases;  // of the dispatch, or the one that is known

    bool has(Kind kind) const { return std::ranges::find(kinds, kind) != kinds.end(); }
    Date received_on() const { return day(received_at); }
    // Of the writing, where the sender's word for it can be true.
    Date written_on() const {
        if (!mail_date || *mail_date > received_at || (sent_at && *mail_date < *sent_at))
            return received_on();
        return day(*mail_date);
    }

private:
    static Date day(DateTime time) {
        return calendar::day_in_the_netherlands(std::chrono::floor<std::chrono::seconds>(time));
    }
};

void load_words(Answer& answer) {
    for (auto& [state, kinds, failure, reason, subject, line, decided_at] :
         Rows<std::string, MaybeText, MaybeText, MaybeText, MaybeText, MaybeText, MaybeTime>{
             "select state, kinds, failure, failure_reason, subject, deciding_line, decided_at "
             "from raadspost_message where id = {}",
             answer.id}) {
        answer.state = state;
        answer.kinds = kinds_of(kinds.value_or(""));
        answer.failure = failure.value_or("");
        answer.failure_reason = reason.value_or("");
        answer.subject = subject.value_or("");
        answer.line = line.value_or("");
        answer.by_person = decided_at.has_value();
    }
    for (auto& [number, list_date, disposal, meeting_date, redirect_to, absent_until, received_at,
                mail_date] :
         Rows<MaybeText, MaybeDate, MaybeText, MaybeDate, MaybeText, MaybeDate, DateTime, MaybeTime>{
             "select list_number, list_date, disposal, meeting_date, redirect_to, absent_until, received_at, "
             "mail_date from raadspost_message where id = {}",
             answer.id}) {
        answer.list_number = number.value_or("");
        answer.list_date = list_date;
        answer.disposal = disposal.value_or("");
        answer.meeting_date = meeting_date;
        answer.redirect_to = redirect_to.value_or("");
        answer.absent_until = absent_until;
        answer.received_at = received_at;
        answer.mail_date = mail_date;
    }
}

void load_dispatch(Answer& answer) {
    for (const auto& [case_id, dispatch] : Rows<MaybeId, MaybeId>{
             "select \"case\", dispatch from raadspost_message where id = {}", answer.id}) {
        answer.case_id = case_id.value_or(0);
        answer.dispatch = dispatch.value_or(0);
    }
    for (auto& [appeal, step, griffie, mailbox, sent_at] : Rows<Id, Id, MaybeId, std::string, MaybeTime>{
             "select appeal, step, griffie, mailbox, sent_at from raadspost_dispatch where id = {}",
             answer.dispatch}) {
        answer.appeal = appeal;
        answer.step = step;
        answer.griffie = griffie.value_or(0);
        answer.mailbox = std::move(mailbox);
        answer.sent_at = sent_at;
    }
    for (const auto& [id, council, appeal] : Rows<Id, Id, Id>{
             "select k.id, k.council, k.appeal from raadspost_case k where k.id = {} or k.id in ("
             "select l.\"case\" from \"raadspost_dispatch-raadspost_case\" l where l.dispatch = {}) "
             "order by k.id",
             answer.case_id, answer.dispatch}) {
        if (answer.case_id != 0 && id != answer.case_id) continue;
        answer.cases.push_back({id, council});
        answer.appeal = appeal;
    }
}

Answer load(Id message) {
    Answer answer;
    answer.id = message;
    load_words(answer);
    load_dispatch(answer);
    return answer;
}

// --- what follows from it
// -----------------------------------------------------------------------------------

const char* outcome_of(Kind kind) {
    switch (kind) {
        case Kind::receipt:
            return "receipt";
        case Kind::distributed:
            return "passed_on";
        case Kind::listed:
            return "listed";
        case Kind::to_college:
            return "to_college";
        case Kind::agenda:
            return "agenda";
        case Kind::meeting:
            return "meeting";
        case Kind::question:
            return "question";
        case Kind::declined:
            return "declined";
        case Kind::opt_out:
            return "no_more";
        default:
            return nullptr;
    }
}

bool is_hard_elsewhere(const Answer& answer) {
    return !Rows<Id>{
        "select id from raadspost_message_effect where target = {} and kind = 'bounced' and "
        "became = {} and standing and message <> {} limit 1",
        "dispatch " + std::to_string(answer.dispatch), "bounced " + std::string{bounced_hard}, answer.id}
                .empty();
}

bool may_retry(const Answer& answer, Id council) {
    const Rows<std::int64_t> others{
        "select count(*) from raadspost_plan_decision where kind = 'retry' and not undone and appeal = {} "
        "and "
        "council = {} and step = {} and id not in (select record from raadspost_message_effect "
        "where message = {} and kind = 'retry' and standing)",
        answer.appeal, council, answer.step, answer.id};
    return std::get<0>(others.front()) < most_retries;
}

void add_bounce(const Answer& answer, std::vector<Effect>& effects) {
    // Late is not lost, and a report of success is none of failure.
    if (answer.dispatch == 0 || answer.failure == "pending" || answer.failure == "none") return;
    const bool hard = answer.has(Kind::bounce_hard);
    const std::string_view reason = hard                                      ? bounced_hard
                                    : answer.failure_reason == "mailbox_full" ? bounced_full
                                                                              : bounced_soft;
    Effect bounced{.kind = Effect::Kind::bounced, .dispatch = answer.dispatch, .word = std::string{reason}};
    effects.push_back(bounced);
    if (hard) {
        // Every office that is written to there, for whichever appeal. Never what the report calls it.
        for (const auto& [griffie] : Rows<Id>{
                 "select id from raadspost_griffie where mailbox = {} and mailbox <> ''", answer.mailbox})
            effects.push_back({.kind = Effect::Kind::failing, .griffie = griffie, .word = {}});
        return;
    }
    if (is_hard_elsewhere(answer)) return;
    for (const CaseBehind& each : answer.cases)
        if (may_retry(answer, each.council))
            effects.push_back({.kind = Effect::Kind::retry,
                               .appeal = answer.appeal,
                               .council = each.council,
                               .step = answer.step,
                               .dispatch = answer.dispatch,
                               .word = {},
                               .on = Date{std::chrono::sys_days{answer.received_on()} + retry_after},
                               .evidence = translated("msg_answer_retry_reason")});
}

void add_absence(const Answer& answer, std::vector<Effect>& effects) {
    if (!answer.absent_until) return;
    const std::chrono::sys_days received{answer.received_on()};
    const auto until = std::min(std::chrono::sys_days{*answer.absent_until}, received + longest_absence);
    if (until <= received) return;
    for (const CaseBehind& each : answer.cases)
        effects.push_back({.kind = Effect::Kind::postpone,
                           .appeal = answer.appeal,
                           .council = each.council,
                           .word = {},
                           .on = Date{until},
                           .evidence = translated("msg_answer_absence_reason")});
}

void add_outcomes(const Answer& answer, const CaseBehind& its_case, std::vector<Effect>& effects) {
    for (const Kind kind : answer.kinds) {
        const char* const outcome = outcome_of(kind);
        if (outcome == nullptr) continue;
        Effect effect{.kind = Effect::Kind::outcome,
                      .appeal = answer.appeal,
                      .council = its_case.council,
                      .case_id = its_case.id,
                      .word = outcome,
                      .on = answer.written_on(),
                      .evidence = answer.line.empty() ? answer.subject : answer.line};
        if (kind == Kind::listed) {
            effect.list_number = answer.list_number;
            effect.list_date = answer.list_date;
        }
        if (kind == Kind::listed || kind == Kind::to_college) effect.disposal = answer.disposal;
        if (kind == Kind::agenda || kind == Kind::meeting) effect.meeting_date = answer.meeting_date;
        effects.push_back(std::move(effect));
    }
}

// A person has said that this is the address from now on: what was sent goes there, too.
void add_new_address(const Answer& answer, const CaseBehind& its_case, std::vector<Effect>& effects) {
    if (!answer.by_person || answer.redirect_to.empty() || answer.absent_until || answer.griffie == 0) return;
    effects.push_back({.kind = Effect::Kind::new_address,
                       .council = its_case.council,
                       .griffie = answer.griffie,
                       .word = answer.redirect_to});
    effects.push_back(
        {.kind = Effect::Kind::retry,
         .appeal = answer.appeal,
         .council = its_case.council,
         .step = answer.step,
         .dispatch = answer.dispatch,
         .word = {},
         .on = answer.received_on(),
         .evidence = translated("msg_answer_redirect_reason", {{"address", answer.redirect_to}})});
}

std::vector<Effect> effects_of(const Answer& answer) {
    std::vector<Effect> effects;
    if (std::ranges::any_of(answer.kinds, is_bounce)) {
        add_bounce(answer, effects);
        return effects;
    }
    const bool says_something = answer.has(Kind::auto_reply) || answer.has(Kind::redirect) ||
                                std::ranges::any_of(answer.kinds, [](Kind kind) { return outcome_of(kind); });
    if (says_something && answer.dispatch != 0)
        effects.push_back({.kind = Effect::Kind::delivered, .dispatch = answer.dispatch, .word = {}});
    if (answer.has(Kind::auto_reply)) add_absence(answer, effects);
    if (answer.case_id == 0 || answer.cases.size() != 1) return effects;
    const CaseBehind& its_case = answer.cases.front();
    add_outcomes(answer, its_case, effects);
    if (answer.has(Kind::redirect)) add_new_address(answer, its_case, effects);
    if (answer.has(Kind::opt_out) && answer.dispatch != 0) {
        // At a shared office the others still want theirs: there only this council's case is closed.
        const Rows<std::int64_t> shared{
            "select count(*) from \"raadspost_dispatch-raadspost_case\" where dispatch = {}",
            answer.dispatch};
        if (std::get<0>(shared.front()) == 1)
            effects.push_back({.kind = Effect::Kind::suppression,
                               .appeal = answer.appeal,
                               .council = its_case.council,
                               .word = answer.mailbox,
                               .evidence = answer.line});
    }
    return effects;
}

// --- the log
// ------------------------------------------------------------------------------------------------

std::string told(const Answer& answer, How how) {
    static const std::map<How, const char*> texts = {
        {How::read, "msg_answer_read"},           {How::accepted, "msg_answer_accepted"},
        {How::corrected, "msg_answer_corrected"}, {How::set_aside, "msg_answer_set_aside"},
        {How::undone, "msg_answer_undone"},       {How::reread, "msg_answer_reread"}};
    const bool late = how == How::read && answer.failure == "pending";
    return translated(late ? "msg_answer_late" : texts.at(how),
                      {{"kinds", in_words(answer.kinds)}, {"subject", answer.subject}});
}

Id log(const Answer& answer, How how) {
    if (answer.appeal == 0) return 0;
    Event event{.appeal = answer.appeal,
                .kind = how == How::undone ? "undone" : "answer",
                .text = told(answer, how),
                .evidence = answer.line,
                .dispatch = answer.dispatch,
                .message = answer.id};
    std::vector<Event> events;
    for (const CaseBehind& each : answer.cases) {
        event.case_id = each.id;
        events.push_back(event);
    }
    if (events.empty()) events.push_back(event);
    const Ids logged = record_events(events);
    execute("update raadspost_event set undone_by = {} where message = {} and undone_by is null and id < {}",
            logged.front(), answer.id, logged.front());
    return logged.front();
}

Ids others_about(const Answer& answer) {
    Ids others;
    if (answer.dispatch == 0 || !std::ranges::any_of(answer.kinds, is_bounce)) return others;
    for (const auto& [id] :
         Rows<Id>{"select distinct message from raadspost_message_effect where target = {} and "
                  "kind = 'bounced' and standing and message <> {}",
                  "dispatch " + std::to_string(answer.dispatch), answer.id})
        others.push_back(id);
    return others;
}

}  // namespace

Kinds kinds_of(std::string_view stored) {
    Kinds kinds;
    while (!stored.empty()) {
        const auto comma = std::min(stored.find(','), stored.size());
        if (const auto kind = answer::kind_of(stored.substr(0, comma))) kinds.push_back(*kind);
        stored.remove_prefix(std::min(comma + 1, stored.size()));
    }
    return kinds;
}

std::string stored(const Kinds& kinds) {
    std::string text;
    for (const Kind kind : kinds) text += (text.empty() ? "" : ",") + std::string{answer::name(kind)};
    return text;
}

std::string in_words(const Kinds& kinds) {
    std::string text;
    for (const Kind kind : kinds)
        text += (text.empty() ? "" : ", ") + translated("msg_kind_" + std::string{answer::name(kind)});
    return text;
}

bool is_bounce(Kind kind) {
    return kind == Kind::bounce_hard || kind == Kind::bounce_soft;
}

bool is_about_a_case(const Kinds& kinds) {
    return std::ranges::any_of(kinds, [](Kind kind) { return outcome_of(kind) || kind == Kind::redirect; });
}

std::vector<Effect> effects_of(Id message) {
    return effects_of(load(message));
}

bool settle(Id message, How how, bool nothing) {
    const Answer answer = load(message);
    nothing = nothing || how == How::set_aside || how == How::undone;
    const std::vector<Effect> wanted = nothing ? std::vector<Effect>{} : effects_of(answer);
    if (!would_change(message, wanted)) {
        if (how == How::read && answer.failure == "pending") log(answer, how);
        return false;
    }
    Reconciled done = reconcile(message, wanted, log(answer, how));
    // What another report about the same dispatch leads to may hang on this one.
    for (const Id other : others_about(answer)) {
        const Reconciled also = reconcile(other, effects_of(load(other)), 0);
        done.councils.insert(also.councils.begin(), also.councils.end());
    }
    plan_councils({done.councils.begin(), done.councils.end()});
    return true;
}

}  // namespace raadspost::crm
