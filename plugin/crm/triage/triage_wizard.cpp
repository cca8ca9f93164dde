// triage_wizard.cpp - the wizard in which staff judge received messages, one after another: it opens the most
// urgent one, Enter accepts what is proposed, and the next one opens by itself. Also the buttons of the
// list's form.
#include "core/fold.hpp"
#include "crm/entities.hpp"
#include "crm/replying/reply_writing.hpp"
#include "crm/triage/judgement.hpp"
#include "crm/triage/kinds.hpp"
#include "crm/triage/queue.hpp"
#include "crm/triage/triage_message.hpp"
#include "crm/triage/triage_page.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <array>
#include <charconv>
#include <string_view>

namespace raadspost::crm {

using namespace tryton;

namespace {

// The same form twice: what Enter does differs.
constexpr const char* ordinary = "judge";
constexpr const char* suspicious = "suspect";
constexpr const char* on_page = "page";  // said on the public page
constexpr std::array forms = {ordinary, suspicious, on_page};
constexpr const char* answering = "answer";

// What a person may have changed before answering it, to be found again afterwards.
constexpr std::array filled_in = {"typed",       "kind",      "kind_2",       "kind_3",      "kind_4",
                                  "case",        "case_name", "candidate",    "list_number", "disposal",
                                  "case_number", "list_date", "meeting_date", "redirect_to", "absent_until"};

// So much of the word is enough; less might begin a kind's name.
constexpr std::size_t shortest_word = 3;

Ids ids_in(const std::string& text) {
    Ids ids;
    for (const char *at = text.data(), *end = at + text.size(); at < end;) {
        Id id = 0;
        const auto [rest, error] = std::from_chars(at, end, id);
        if (error == std::errc{}) ids.push_back(id);
        at = rest + 1;
    }
    return ids;
}

// How far this sitting is; each of the forms carries it on.
struct Sitting {
    std::string passed_over;
    std::int64_t judged = 0;
};

Sitting sitting_of(Session& session) {
    Sitting sitting;
    for (const char* state : forms) {
        const Record form = session.form(state);
        const auto judged = form.at<std::optional<std::int64_t>>("judged").value_or(-1);
        const std::string passed_over = form.text("passed_over");
        sitting.judged = std::max(sitting.judged, judged);
        if (passed_over.size() > sitting.passed_over.size()) sitting.passed_over = passed_over;
    }
    return sitting;
}

void carry_on(Session& session, const Sitting& sitting) {
    for (const char* state : forms) {
        Record form = session.form(state);
        form.set("judged", sitting.judged);
        form.set("passed_over", sitting.passed_over);
    }
}

std::optional<ToJudge> in_hand(Session& session, const Sitting& sitting) {
    const Ids chosen = session.active_model() == "raadspost.message" ? session.active_ids() : Ids{};
    return next_to_judge(chosen, ids_in(sitting.passed_over));
}

bool is_suspicious(Id message) {
    return !Rows<Id>{
        "select id from raadspost_message where id = {} and (trust = 'forged' or state = 'set_aside')",
        message}
                .empty();
}

std::string next_state(Session& session) {
    const auto next = in_hand(session, sitting_of(session));
    if (!next) return "nothing_left";
    if (is_on_page(*next)) return on_page;
    return is_suspicious(*next) ? suspicious : ordinary;
}

Dict shown_again(Dict values, const Record& form) {
    for (const char* field : filled_in) values[field] = form.get(field);
    return values;
}

Dict fill(Session& session) {
    const Sitting sitting = sitting_of(session);
    const auto next = in_hand(session, sitting);
    if (!next) throw UserError{"msg_triage_gone"};
    Dict values = is_on_page(*next) ? page_answer_shown(-*next) : shown_for_triage(*next);
    // One that is still in hand was answered meanwhile.
    for (const char* state : {ordinary, suspicious})
        if (const Record form = session.form(state); form.at<std::optional<Id>>("message") == *next)
            values = shown_again(std::move(values), form);
    values["judged"] = sitting.judged;
    values["passed_over"] = sitting.passed_over;
    values["progress"] =
        translated("msg_triage_progress", {{"left", count_to_judge().all()}, {"judged", sitting.judged}});
    return values;
}

std::vector<std::string> chosen_kinds(const Record& form) {
    std::vector<std::string> kinds;
    for (const char* field : {"kind", "kind_2", "kind_3", "kind_4"})
        if (const std::string kind = form.text(field);
            !kind.empty() && std::ranges::find(kinds, kind) == kinds.end())
            kinds.push_back(kind);
    return kinds;
}

// What is typed is nearer to the keyboard than what is chosen.
Correction judged(const Record& form) {
    Correction judgement;
    std::vector<std::string> kinds = KindWords{}.meant_by(form.text("typed"));
    if (kinds.empty()) kinds = chosen_kinds(form);
    judgement.kinds = kinds_of(kept_kinds(kinds));
    judgement.case_id = form.at<std::optional<Id>>("case").value_or(0);
    judgement.list_number = form.text("list_number");
    judgement.disposal = form.text("disposal");
    judgement.case_number = form.text("case_number");
    judgement.redirect_to = form.text("redirect_to");
    judgement.list_date = form.at<std::optional<Date>>("list_date");
    judgement.meeting_date = form.at<std::optional<Date>>("meeting_date");
    judgement.absent_until = form.at<std::optional<Date>>("absent_until");
    return judgement;
}

// Whatever was done with it, it does not come back in this sitting.
void pass_over(Session& session, ToJudge what, bool counts) {
    Sitting sitting = sitting_of(session);
    sitting.passed_over += std::to_string(what) + ",";
    if (counts) ++sitting.judged;
    carry_on(session, sitting);
}

// "beantw" in the place of a kind.
bool wants_to_answer(const std::string& typed) {
    const std::string word = folded(typed);
    return word.size() >= shortest_word && folded(translated("msg_triage_answer")).starts_with(word);
}

// Refused with a sentence where it may not be answered, before the form is left.
std::string open_answer(Session& session, const char* state) {
    Record form = session.form(state);
    open_reply(form.at<Id>("message"));
    if (wants_to_answer(form.text("typed"))) form.set("typed", "");
    return answering;
}

Id answered(Session& session) {
    const auto next = in_hand(session, sitting_of(session));
    if (!next || is_on_page(*next)) throw UserError{"msg_triage_gone"};
    return *next;
}

std::string send_answer(Session& session) {
    send_reply(answered(session), session.form(answering));
    return next_state(session);
}

std::string accept_in(Session& session, const char* state) {
    const Record form = session.form(state);
    if (wants_to_answer(form.text("typed"))) return open_answer(session, state);
    const Id message = form.at<Id>("message");
    if (state == std::string_view{ordinary} && is_suspicious(message))
        throw UserError{"msg_triage_aside_meanwhile"};
    const auto scope = Scope::without_access_checks();
    pass_over(session, message, judge(message, judged(form)));
    return next_state(session);
}

std::string put_aside(Session& session, const char* state) {
    const Id message = session.form(state).at<Id>("message");
    const auto scope = Scope::without_access_checks();
    set_aside(message);
    pass_over(session, message, true);
    return next_state(session);
}

std::string later(Session& session, const char* state) {
    pass_over(session, session.form(state).at<Id>("message"), false);
    return next_state(session);
}

Id page_answer_of(Session& session) {
    return session.form(on_page).at<Id>("page_answer");
}

std::string judge_page(Session& session, bool takes_over) {
    const Id answer = page_answer_of(session);
    const auto scope = Scope::without_access_checks();
    pass_over(session, -answer, judge_page_answer(answer, takes_over));
    return next_state(session);
}

std::string later_page(Session& session) {
    pass_over(session, -page_answer_of(session), false);
    return next_state(session);
}

// Enter takes it over; "gelezen" and "later", or how they begin, do the other two.
std::string accept_page(Session& session) {
    Record form = session.form(on_page);
    const std::string typed = folded(form.text("typed"));
    if (typed.empty()) return judge_page(session, true);
    form.set("typed", "");
    if (typed.size() >= shortest_word) {
        if ((" " + folded(translated("msg_triage_only_read"))).find(" " + typed) != std::string::npos)
            return judge_page(session, false);
        if (folded(translated("msg_triage_later")).starts_with(typed)) return later_page(session);
    }
    throw UserError{"msg_triage_page_word", {{"typed", typed}}};
}

bool is_mail_taken_in() {
    return !Rows<Id>{"select id from raadspost_mail_source where active limit 1"}.empty();
}

Dict summary(Session& session) {
    const Sitting sitting = sitting_of(session);
    const auto left = count_to_judge().all();
    const char* const said = left > 0             ? "msg_triage_left"
                             : sitting.judged > 0 ? "msg_triage_nothing_left"
                             : is_mail_taken_in() ? "msg_triage_nothing"
                                                  : "msg_triage_no_mailbox";
    return {{"summary", translated(said, {{"judged", sitting.judged}, {"left", left}})}};
}

}  // namespace

Wizard triage() {
    Wizard wizard{"raadspost.triage"};
    wizard.start("begin").step("begin", next_state);
    const std::string model = "raadspost.triage.message", view = "raadspost.triage_message_view_form";
    wizard.form(ordinary, model, view,
                {{"Close", "end", "tryton-close"},
                 {"Later", "later", "tryton-forward"},
                 {"Set Aside", "put_aside", "tryton-archive"},
                 {"Answer ...", "open_answer", "tryton-email"},
                 {"Accept", "accept", "tryton-ok", true}},
                fill);
    wizard.form(suspicious, model, view,
                {{"Close", "end", "tryton-close"},
                 {"Later", "later_suspect", "tryton-forward"},
                 {"Answer ...", "open_answer_suspect", "tryton-email"},
                 {"Accept Nonetheless", "accept_suspect", "tryton-ok"},
                 {"Leave Aside", "put_aside_suspect", "tryton-archive", true}},
                fill);
    for (const auto& [suffix, state] : {std::pair{"", ordinary}, std::pair{"_suspect", suspicious}}) {
        wizard.step(std::string{"accept"} + suffix,
                    [state](Session& session) { return accept_in(session, state); });
        wizard.step(std::string{"put_aside"} + suffix,
                    [state](Session& session) { return put_aside(session, state); });
        wizard.step(std::string{"later"} + suffix,
                    [state](Session& session) { return later(session, state); });
        wizard.step(std::string{"open_answer"} + suffix,
                    [state](Session& session) { return open_answer(session, state); });
    }
    wizard.form(answering, "raadspost.reply.write.start", "raadspost.reply_start_view_form",
                {{"Back", "back", "tryton-back"}, {"Send", "send", "tryton-email", true}},
                [](Session& session) { return shown_for_reply(answered(session)); });
    wizard.step("send", send_answer).step("back", next_state);
    wizard.form(on_page, "raadspost.triage.page", "raadspost.triage_page_view_form",
                {{"Close", "end", "tryton-close"},
                 {"Later", "later_page", "tryton-forward"},
                 {"Only Read", "put_aside_page", "tryton-archive"},
                 {"Take Over", "accept_page", "tryton-ok", true}},
                fill);
    wizard.step("accept_page", accept_page);
    wizard.step("put_aside_page", [](Session& session) { return judge_page(session, false); });
    wizard.step("later_page", later_page);
    wizard.form("nothing_left", "raadspost.triage.done", "raadspost.triage_done_view_form",
                {{"Close", "end", "tryton-close", true}}, summary);
    return wizard;
}

}  // namespace raadspost::crm
