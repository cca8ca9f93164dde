#include "crm/public_pages/record_answer.hpp"

#include "core/appeal/escape.hpp"
#include "core/post/frozen.hpp"
#include "crm/elections/terms.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;
using public_pages::Answer;
using public_pages::AskedCouncil;
using public_pages::NewOutcome;
using public_pages::Stop;
using public_pages::Who;

namespace {

constexpr std::size_t longest_browser = 200;

std::string key_of(Who who) {
    switch (who) {
        case Who::griffier:
            return "griffier";
        case Who::councillor:
            return "councillor";
        case Who::somebody_else:
            break;
    }
    return "somebody_else";
}

std::string key_of(Stop stop) {
    switch (stop) {
        case Stop::appeal:
            return "appeal";
        case Stop::association:
            return "association";
        case Stop::all:
            return "all";
        case Stop::nothing:
            break;
    }
    return {};
}

// One line, for people to read.
std::string browser_of(const Click& click) {
    std::string text;
    for (const char letter : appeal::escaped_text(click.browser))
        text += letter == '\n' || letter == '\t' || letter == '\r' ? ' ' : letter;
    if (text.size() <= longest_browser) return text;
    std::size_t end = longest_browser;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

std::string evidence(const Click& click, const std::string& who, const std::string& remark) {
    std::string text = click.one_click
                           ? translated("msg_page_one_click", {{"browser", browser_of(click)}})
                           : translated("msg_page_evidence", {{"who", who}, {"browser", browser_of(click)}});
    if (click.likely_scanner) text += "\n" + translated("msg_page_likely_scanner");
    if (!remark.empty()) text += "\n" + remark;
    return text;
}

Value maybe(const std::string& text) {
    return text.empty() ? Value{} : Value{text};
}

void add_outcome(const PublicMessage& message, std::size_t at, const NewOutcome& outcome,
                 const std::string& proof) {
    const auto& its_case = message.cases[at];
    const Ids made = create("raadspost.outcome", {{{"case", its_case.id},
                                                   {"kind", outcome.kind},
                                                   {"on", dutch_today()},
                                                   {"list_number", maybe(outcome.list_number)},
                                                   {"list_date", outcome.list_date},
                                                   {"meeting_date", outcome.meeting_date},
                                                   {"source", "own_click"},
                                                   {"evidence", proof}}});
    Ids replaced;
    for (const std::size_t n : outcome.replaces) replaced.push_back(its_case.outcomes[n]);
    if (!replaced.empty()) write("raadspost.outcome", replaced, {{"corrected_by", made.front()}});
    record_event(
        {.appeal = message.appeal,
         .kind = "page_answer",
         .text = translated(replaced.empty() ? "msg_event_outcome" : "msg_event_outcome_corrected",
                            {{"council", message.facts.councils[at].name},
                             {"outcome", label_of_choice("raadspost.outcome", "kind", outcome.kind)}}),
         .evidence = proof,
         .case_id = its_case.id,
         .dispatch = message.dispatch});
}

std::string kinds_of(const std::vector<std::string>& kinds) {
    std::string text;
    for (const std::string& each : kinds) text.append(text.empty() ? "" : ",").append(each);
    return text;
}

// All that was said, in one line of its own kind.
std::string fingerprint_of(const Answer& answer) {
    std::string all =
        key_of(answer.who) + '\0' + answer.new_address + '\0' + answer.remark + '\0' + key_of(answer.stop);
    const auto day = [](const auto& date) {
        return date ? std::to_string(std::chrono::sys_days{*date}.time_since_epoch().count()) : std::string{};
    };
    for (const auto& each : answer.councils)
        for (const std::string& part :
             {each.code, kinds_of(each.outcomes), each.list_number, day(each.list_date),
              day(each.meeting_date), kinds_of(each.taken_back)})
            all.append(1, '\0').append(part);
    return post::sha256_hex(all);
}

bool is_latest(Id dispatch, const std::string& fingerprint) {
    const Rows<std::string> last{
        "select fingerprint from raadspost_page_answer where dispatch = {} order by id desc limit 1",
        dispatch};
    return !last.empty() && std::get<0>(last.front()) == fingerprint;
}

// Of each council that something was said about, or of the first for what concerns the office. In bulk: an
// administrator's triggers of the host are for outcomes, not for the form behind them.
void keep_page_answers(const PublicMessage& message, const Answer& answer, const Click& click,
                       bool for_a_person, const std::string& fingerprint) {
    using MaybeText = std::optional<std::string>;
    using MaybeDate = std::optional<Date>;
    std::vector<std::tuple<Id, Id, DateTime, std::string, MaybeText, bool, MaybeText, MaybeText, MaybeText,
                           std::string, std::string, MaybeText, MaybeText, MaybeDate, MaybeDate, MaybeText>>
        rows;
    const auto unless_empty = [](const std::string& text) {
        return text.empty() ? MaybeText{} : MaybeText{text};
    };
    for (std::size_t n = 0; n < message.cases.size(); ++n) {
        const auto said = std::ranges::find(answer.councils, message.facts.councils[n].code,
                                            &public_pages::CouncilAnswer::code);
        const bool none = said == answer.councils.end();
        if (none && (n > 0 || !answer.councils.empty())) continue;
        const public_pages::CouncilAnswer nothing;
        const auto& one = none ? nothing : *said;
        rows.emplace_back(message.cases[n].id, message.dispatch, click.at, key_of(answer.who),
                          unless_empty(browser_of(click)), click.likely_scanner,
                          unless_empty(answer.new_address), unless_empty(answer.remark),
                          unless_empty(key_of(answer.stop)), fingerprint,
                          for_a_person ? "to_judge" : "counted", unless_empty(kinds_of(one.outcomes)),
                          unless_empty(one.list_number), one.list_date, one.meeting_date,
                          unless_empty(kinds_of(one.taken_back)));
    }
    insert_rows(
        "raadspost.page_answer",
        std::to_array<std::string_view>({"case", "dispatch", "at", "who", "browser", "likely_scanner",
                                         "new_address", "remark", "stop", "fingerprint", "state", "outcomes",
                                         "list_number", "list_date", "meeting_date", "taken_back"}),
        rows);
}

void suppress(const PublicMessage& message, Stop stop, const std::string& proof) {
    if (stop <= message.facts.stopped) return;
    create("raadspost.suppression",
           {{{"email", message.mailbox},
             {"scope", key_of(stop)},
             {"association", stop == Stop::association ? Value{message.association} : Value{}},
             {"appeal", stop == Stop::appeal ? Value{message.appeal} : Value{}},
             {"reason", "opted_out"},
             {"since", dutch_today()},
             {"note", proof}}});
    for (std::size_t n = 0; n < message.cases.size(); ++n) {
        const auto& recorded = message.facts.councils[n].recorded;
        const bool known =
            std::ranges::any_of(recorded, [](const auto& each) { return each.kind == "no_more"; });
        if (!known)
            add_outcome(
                message, n,
                {.kind = "no_more", .list_number = {}, .list_date = {}, .meeting_date = {}, .replaces = {}},
                proof);
    }
    record_event(
        {.appeal = message.appeal,
         .kind = "opted_out",
         .text = translated("msg_event_opted_out",
                            {{"mailbox", message.mailbox},
                             {"scope", label_of_choice("raadspost.suppression", "scope", key_of(stop))}}),
         .evidence = proof,
         .dispatch = message.dispatch});
}

}  // namespace

void lock_message(Id dispatch) {
    // On SQLite the transaction has the database to itself already.
    if (engine() == Engine::postgresql)
        Rows<Id>{"select id from raadspost_dispatch where id = {} for update", dispatch};
}

bool waits_for_a_person(const Answer& answer) {
    return answer.who != Who::griffier;
}

void record_answer(const PublicMessage& message, const Answer& answer, const Click& click) {
    const bool waits = waits_for_a_person(answer);
    const std::string proof =
        evidence(click, label_of_choice("raadspost.page_answer", "who", key_of(answer.who)), answer.remark);
    bool changed = false;
    if (!waits) {
        for (std::size_t n = 0; n < message.cases.size(); ++n)
            for (const auto& said : answer.councils) {
                if (said.code != message.facts.councils[n].code) continue;
                for (const NewOutcome& each : public_pages::changes_of(message.facts.councils[n], said)) {
                    add_outcome(message, n, each, proof);
                    changed = true;
                }
            }
        changed = changed || answer.stop > message.facts.stopped;
        suppress(message, answer.stop, proof);
    }
    // The same form once more, by the button or by a page that is loaded again, says nothing new.
    const bool for_a_person = waits || !answer.remark.empty() || !answer.new_address.empty();
    const std::string fingerprint = fingerprint_of(answer);
    if (!changed && (!for_a_person || is_latest(message.dispatch, fingerprint))) return;
    keep_page_answers(message, answer, click, for_a_person, fingerprint);
}

void record_unsubscribe(const PublicMessage& message, Stop stop, const Click& click) {
    suppress(message, stop, evidence(click, translated("msg_page_unsubscribe"), ""));
}

}  // namespace raadspost::crm
