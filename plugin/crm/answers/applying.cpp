#include "crm/answers/applying.hpp"

#include "core/answer/acting/self_settling.hpp"
#include "core/shortened.hpp"
#include "crm/followup/answers_in_hand.hpp"
#include "crm/sending/evidence.hpp"
#include "crm/triage/settling.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <map>

namespace raadspost::crm {

using namespace tryton;
using answer::Trust;

namespace {

constexpr std::size_t line_bytes = 998;   // what an index of PostgreSQL bears
constexpr std::size_t value_bytes = 200;  // of a number or an address in a message

std::string told(std::string_view text, std::size_t most = value_bytes) {
    return std::string{shortened(text, most)};
}

template <class T>
Value unless_empty(const T& text) {
    return text.empty() ? Value{} : Value{text};
}

Value unless_none(Id id) {
    return id > 0 ? Value{id} : Value{};
}

void take_kinds(const answer::Reading& reading, AnswerRow& row) {
    Kinds kinds;
    std::vector<std::string> lines;
    row.percent = answer::percent_of(reading);
    row.urgent = answer::urgency(reading);
    for (const answer::Finding& each : reading.kinds) {
        kinds.push_back(each.kind);
        row.rules += (row.rules.empty() ? "" : ",") + std::string{answer::name(each.kind)} + ":" + each.rule;
        row.needs_person = row.needs_person || answer::asks_for_a_person(each.kind);
        if (!each.line.empty() && std::ranges::find(lines, each.line) == lines.end())
            lines.push_back(each.line);
    }
    row.kinds = stored(kinds);
    for (const std::string& line : lines) row.deciding_line += (row.deciding_line.empty() ? "" : "\n") + line;
    row.deciding_line = told(row.deciding_line, 4 * line_bytes);
    row.rules = told(row.rules, line_bytes);
}

void take_facts(const answer::Reading& reading, AnswerRow& row) {
    row.list_number = told(reading.facts.list_number);
    row.list_date = reading.facts.list_date;
    row.disposal = told(reading.facts.disposal);
    row.meeting_date = reading.facts.meeting_date;
    row.case_number = told(reading.facts.case_number);
    row.redirect_to = told(reading.facts.redirect_to);
    row.absent_until = reading.facts.absent_until;
}

// The case where it is certain; the dispatch also where only the office is.
void take_match(const AnswerFound& found, AnswerRow& row) {
    const answer::Match& match = found.reading.match;
    row.trust = answer::name(match.trust);
    if (match.trust == Trust::forged || match.candidates.empty()) return;
    const answer::MatchCandidate& best = match.candidates.front();
    const answer::SentMail& mail = found.candidates.sent[best.sent];
    const Candidates::Behind& behind = found.candidates.behind[best.sent];
    row.dispatch = mail.dispatch;
    row.appeal = behind.appeal;
    for (const CaseOfDispatch& each : behind.cases)
        if (!match.council.empty() && each.code == match.council) {
            row.case_id = each.case_id;
            row.council = each.council;
        }
}

// What a person wrote came back: nothing is said of the appeal's message, though the thread bears its name,
// and a person has to know.
void take_reply(const AnswerFound& found, AnswerRow& row) {
    const auto& reply = found.candidates.reply;
    if (!reply || !found.reading.report || found.reading.match.trust == Trust::forged) return;
    row.reply = reply->id;
    row.case_id = reply->case_id;
    row.council = reply->council;
    row.appeal = reply->appeal;
    row.dispatch = 0;
    row.trust = answer::name(Trust::linked);
    row.settles = true;
    row.needs_person = row.failure != "pending" && row.failure != "none";
}

void take_report(const AnswerFound& found, AnswerRow& row) {
    const answer::Reading& reading = found.reading;
    if (!reading.report) return;
    row.failure = answer::name(answer::failure(*reading.report));
    for (const answer::ReportedRecipient& each : reading.report->recipients)
        if (answer::name(each.failure) == row.failure && row.failure_reason.empty())
            row.failure_reason = answer::name(each.reason);
    if (row.dispatch != 0)
        row.failed_address = told(answer::other_address(
            reading.clues, found.candidates.sent[reading.match.candidates.front().sent].recipient));
}

void write_row(Id message, const answer::Reading& reading, const AnswerRow& row) {
    const answer::Received& mail = reading.received;
    const bool one = !mail.from.empty();
    execute(
        "update raadspost_message set message_id = {}, from_address = {}, from_name = {}, subject = {}, text "
        "= {}, "
        "mail_date = {} where id = {}",
        unless_empty(told(mail.message_id, line_bytes)),
        unless_empty(one ? told(mail.from.front().address, line_bytes) : ""),
        unless_empty(one ? told(mail.from.front().name, line_bytes) : ""),
        unless_empty(told(mail.subject, line_bytes)),
        unless_empty(reading.written.empty() ? mail.text : reading.written),
        mail.date ? Value{DateTime{*mail.date}} : Value{}, message);
    execute(
        "update raadspost_message set trust = {}, kinds = {}, machine_kinds = {}, rules = {}, confidence = "
        "{}, "
        "deciding_line = {}, urgent = {}, rule_version = {}, failure = {}, failure_reason = {}, "
        "failed_address = {} "
        "where id = {}",
        row.trust, row.kinds, row.kinds, row.rules, row.percent / 100.0, unless_empty(row.deciding_line),
        row.urgent, unless_empty(reading.rule_version), unless_empty(row.failure),
        unless_empty(row.failure_reason), unless_empty(row.failed_address), message);
    execute(
        "update raadspost_message set \"case\" = {}, machine_case = {}, council = {}, appeal = {}, dispatch "
        "= {}, "
        "list_number = {}, list_date = {}, disposal = {}, meeting_date = {}, case_number = {}, redirect_to = "
        "{}, "
        "absent_until = {}, about_reply = {} where id = {}",
        unless_none(row.case_id), unless_none(row.case_id), unless_none(row.council), unless_none(row.appeal),
        unless_none(row.dispatch), unless_empty(row.list_number), row.list_date, unless_empty(row.disposal),
        row.meeting_date, unless_empty(row.case_number), unless_empty(row.redirect_to), row.absent_until,
        unless_none(row.reply), message);
}

void write_candidates(Id message, const AnswerFound& found) {
    execute("delete from raadspost_message_candidate where message = {}", message);
    std::map<Id, std::pair<int, std::string>> cases;
    for (const answer::MatchCandidate& each : found.reading.match.candidates)
        for (const CaseOfDispatch& one : found.candidates.behind[each.sent].cases) {
            if (!each.council.empty() && one.code != each.council) continue;
            cases.try_emplace(one.case_id, each.percent,
                              std::string{answer::name(each.by)} + ": " + told(each.evidence));
        }
    std::vector<std::tuple<Id, Id, std::string, double>> rows;
    for (const auto& [id, why] : cases) rows.emplace_back(message, id, why.second, why.first / 100.0);
    if (!rows.empty())
        insert_rows<Id, Id, std::string, double>("raadspost.message.candidate",
                                                 {"message", "case", "why", "confidence"}, rows);
}

void flag_same_id(Id message, const std::string& message_id) {
    if (message_id.empty()) return;
    const Rows<Id> others{"select id from raadspost_message where message_id = {} and id <> {} limit 1",
                          message_id, message};
    if (!others.empty())
        execute(
            "update raadspost_message set flagged_same_id = {} where message_id = {} and flagged_same_id = "
            "{}",
            true, message_id, false);
}

void take(Id message, const AnswerFound& found, How how) {
    const answer::Reading& reading = found.reading;
    const AnswerRow row = row_of(found);
    write_row(message, reading, row);
    // First: what came back then is a dispatch that was sent.
    if (reading.match.trust != Trust::forged)
        settle_by(
            {reading.clues.message_ids,
             [&] {
                 return translated("msg_evidence_received", {{"subject", told(reading.received.subject)}});
             },
             message});
    flag_same_id(message, told(reading.received.message_id, line_bytes));
    if (reading.received.unread) {
        execute("update raadspost_message set trouble = {}, state = 'unread' where id = {}",
                *reading.received.unread, message);
        return;
    }
    write_candidates(message, found);
    const bool proposes = row.dispatch != 0 || row.reply != 0 || !reading.match.candidates.empty();
    const char* const state = row.settles && !row.needs_person ? "settled" : proposes ? "proposed" : "new";
    execute("update raadspost_message set trouble = null, state = {} where id = {}", state, message);
    // The reminder that is ready must not cross it. What newer rules say the planner's next run sees.
    const bool crosses = how == How::read && answer::may_answer(kinds_of(row.kinds));
    if (crosses) call_back_for(message);
    if (row.settles || how == How::reread) settle(message, how, !row.settles);
    if (crosses && state != std::string_view{"settled"}) plan_around_message(message);
    forget_cached("raadspost.message", {message});
}

bool is_one(const char* condition, Id message) {
    return !Rows<Id>{std::string{"select id from raadspost_message where id = {} and "} + condition, message}
                .empty();
}

}  // namespace

AnswerRow row_of(const AnswerFound& found) {
    AnswerRow row;
    take_kinds(found.reading, row);
    take_facts(found.reading, row);
    take_match(found, row);
    take_report(found, row);
    row.settles = row.dispatch != 0 && answer::settles_itself(found.reading, found.candidates.sent);
    take_reply(found, row);
    return row;
}

void apply(Id message, const AnswerFound& found) {
    // Whose word stands already, a person's or an earlier reading's, is not read over.
    if (is_one("state in ('unread', 'new') and decided_at is null", message)) take(message, found, How::read);
}

bool apply_anew(Id message, const AnswerFound& found) {
    const bool machines = is_one("state <> 'unread' and decided_at is null", message);
    if (machines) take(message, found, How::reread);
    return machines;
}

}  // namespace raadspost::crm
