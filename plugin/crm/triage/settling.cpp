#include "crm/triage/settling.hpp"

#include "core/answer/delivery_report.hpp"
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

// The row, and what was sent that it is about.
struct Answer {
    Id id = 0, case_id = 0;
    std::string subject;
    answer::Meaning meaning;
    answer::Concerned about;

    bool is_bounce() const { return std::ranges::any_of(meaning.kinds, answer::is_bounce); }
};

Date day(DateTime time) {
    return calendar::day_in_the_netherlands(std::chrono::floor<std::chrono::seconds>(time));
}

void load_words(Answer& answer) {
    answer::Meaning& meaning = answer.meaning;
    for (auto& [kinds, failure, reason, subject, line, decided_at] :
         Rows<MaybeText, MaybeText, MaybeText, MaybeText, MaybeText, MaybeTime>{
             "select kinds, failure, failure_reason, subject, deciding_line, decided_at "
             "from raadspost_message where id = {}",
             answer.id}) {
        meaning.kinds = kinds_of(kinds.value_or(""));
        meaning.failure = failure.value_or("");
        meaning.mailbox_full = reason == answer::name(answer::FailureReason::mailbox_full);
        answer.subject = subject.value_or("");
        meaning.line = line.value_or(answer.subject);
        meaning.by_person = decided_at.has_value();
    }
    for (auto& [number, list_date, disposal, meeting_date, redirect_to, absent_until] :
         Rows<MaybeText, MaybeDate, MaybeText, MaybeDate, MaybeText, MaybeDate>{
             "select list_number, list_date, disposal, meeting_date, redirect_to, absent_until "
             "from raadspost_message where id = {}",
             answer.id}) {
        meaning.list_number = number.value_or("");
        meaning.list_date = list_date;
        meaning.disposal = disposal.value_or("");
        meaning.meeting_date = meeting_date;
        meaning.redirect_to = redirect_to.value_or("");
        meaning.absent_until = absent_until;
    }
}

void load_dispatch(Answer& answer) {
    answer::Concerned& about = answer.about;
    for (const auto& [case_id, dispatch, reply] : Rows<MaybeId, MaybeId, MaybeId>{
             "select \"case\", dispatch, about_reply from raadspost_message where id = {}", answer.id}) {
        answer.case_id = case_id.value_or(0);
        about.dispatch = dispatch.value_or(0);
        about.reply = reply.value_or(0);
        about.one_case = answer.case_id != 0;
    }
    MaybeTime sent_at;
    for (auto& [appeal, step, griffie, mailbox, sent] : Rows<Id, Id, MaybeId, std::string, MaybeTime>{
             "select appeal, step, griffie, mailbox, sent_at from raadspost_dispatch where id = {}",
             about.dispatch}) {
        about.appeal = appeal;
        about.step = step;
        about.griffie = griffie.value_or(0);
        about.mailbox = std::move(mailbox);
        sent_at = sent;
    }
    // The sender's word for the day of writing, where it can be true.
    for (const auto& [received_at, mail_date] : Rows<DateTime, MaybeTime>{
             "select received_at, mail_date from raadspost_message where id = {}", answer.id}) {
        const bool credible = mail_date && *mail_date <= received_at && (!sent_at || *mail_date >= *sent_at);
        answer.meaning.received_on = day(received_at);
        answer.meaning.written_on = credible ? day(*mail_date) : day(received_at);
    }
}

void load_cases(Answer& answer) {
    answer::Concerned& about = answer.about;
    for (const auto& [id, council, appeal] : Rows<Id, Id, Id>{
             "select k.id, k.council, k.appeal from raadspost_case k where k.id = {} or k.id in ("
             "select l.\"case\" from \"raadspost_dispatch-raadspost_case\" l where l.dispatch = {}) "
             "order by k.id",
             answer.case_id, about.dispatch}) {
        ++about.councils_behind;
        if (about.one_case && id != answer.case_id) continue;
        about.cases.push_back({id, council, 0});
        about.appeal = appeal;
    }
}

// What only reports of delivery ask about.
void load_failures(Answer& answer) {
    answer::Concerned& about = answer.about;
    for (const auto& [griffie] :
         Rows<Id>{"select id from raadspost_griffie where mailbox = {} and mailbox <> '' order by id",
                  about.mailbox})
        about.griffies.push_back(griffie);
    about.failed_for_good =
        !Rows<Id>{
            "select id from raadspost_message_effect where target = {} and kind = 'bounced' and "
            "became = {} and standing and message <> {} limit 1",
            "dispatch " + std::to_string(about.dispatch), "bounced " + std::string{answer::bounced_hard},
            answer.id}
             .empty();
    for (const auto& [council, retries] : Rows<Id, std::int64_t>{
             "select council, count(*) from raadspost_plan_decision where kind = 'retry' and not undone and "
             "appeal = {} and step = {} and id not in (select record from raadspost_message_effect "
             "where message = {} and kind = 'retry' and standing) group by council",
             about.appeal, about.step, answer.id})
        for (answer::Concerned::Case& each : about.cases)
            if (each.council == council) each.retries = static_cast<int>(retries);
}

Answer load(Id message) {
    Answer answer;
    answer.id = message;
    load_words(answer);
    load_dispatch(answer);
    load_cases(answer);
    if (answer.is_bounce()) load_failures(answer);
    return answer;
}

std::vector<Effect> effects_of(const Answer& answer) {
    return answer::consequences(answer.meaning, answer.about);
}

// --- the log
// ------------------------------------------------------------------------------------------------

std::string told(const Answer& answer, How how) {
    static const std::map<How, const char*> texts = {
        {How::read, "msg_answer_read"},           {How::accepted, "msg_answer_accepted"},
        {How::corrected, "msg_answer_corrected"}, {How::set_aside, "msg_answer_set_aside"},
        {How::undone, "msg_answer_undone"},       {How::reread, "msg_answer_reread"}};
    const bool late = how == How::read && answer.meaning.failure == "pending";
    return translated(late ? "msg_answer_late" : texts.at(how),
                      {{"kinds", in_words(answer.meaning.kinds)}, {"subject", answer.subject}});
}

Id log(const Answer& answer, How how) {
    if (answer.about.appeal == 0) return 0;
    Event event{.appeal = answer.about.appeal,
                .kind = how == How::undone ? "undone" : "answer",
                .text = told(answer, how),
                .evidence = answer.meaning.line,
                .dispatch = answer.about.dispatch,
                .message = answer.id};
    std::vector<Event> events;
    for (const answer::Concerned::Case& each : answer.about.cases) {
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
    if (answer.about.dispatch == 0 || !answer.is_bounce()) return others;
    for (const auto& [id] :
         Rows<Id>{"select distinct message from raadspost_message_effect where target = {} and "
                  "kind = 'bounced' and standing and message <> {}",
                  "dispatch " + std::to_string(answer.about.dispatch), answer.id})
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

bool settle(Id message, How how, bool nothing) {
    const Answer answer = load(message);
    nothing = nothing || how == How::set_aside || how == How::undone;
    const std::vector<Effect> wanted = nothing ? std::vector<Effect>{} : effects_of(answer);
    if (!would_change(message, wanted)) {
        if (how == How::read && answer.meaning.failure == "pending") log(answer, how);
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
