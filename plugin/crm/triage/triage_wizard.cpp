// triage_wizard.cpp - the wizard in which staff judge received messages, one after another: it opens the most
// urgent one, Enter accepts what is proposed, and the next one opens by itself. Also the buttons of the
// list's form.
#include "crm/entities.hpp"
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

namespace raadspost::crm {

using namespace tryton;

namespace {

// The same form twice: what Enter does differs.
constexpr const char* ordinary = "judge";
constexpr const char* suspicious = "suspect";
constexpr const char* on_page = "page";  // said on the public page
constexpr std::array forms = {ordinary, suspicious, on_page};

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

Dict fill(Session& session) {
    const Sitting sitting = sitting_of(session);
    const auto next = in_hand(session, sitting);
    if (!next) throw UserError{"msg_triage_gone"};
    Dict values = is_on_page(*next) ? page_answer_shown(-*next) : shown_for_triage(*next);
    values["judged"] = sitting.judged;
    values["passed_over"] = sitting.passed_over;
    values["progress"] =
        translated("msg_triage_progress", {{"left", count_to_judge()}, {"judged", sitting.judged}});
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

std::string accept_in(Session& session, const char* state) {
    const Record form = session.form(state);
    const Id message = form.at<Id>("message");
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

Dict summary(Session& session) {
    const Sitting sitting = sitting_of(session);
    const auto left = count_to_judge();
    return {{"summary", translated(left == 0 ? "msg_triage_nothing_left" : "msg_triage_left",
                                   {{"judged", sitting.judged}, {"left", left}})}};
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
                 {"Accept", "accept", "tryton-ok", true}},
                fill);
    wizard.form(suspicious, model, view,
                {{"Close", "end", "tryton-close"},
                 {"Later", "later_suspect", "tryton-forward"},
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
    }
    wizard.form(on_page, "raadspost.triage.page", "raadspost.triage_page_view_form",
                {{"Close", "end", "tryton-close"},
                 {"Later", "later_page", "tryton-forward"},
                 {"Only Read", "put_aside_page", "tryton-archive"},
                 {"Take Over", "accept_page", "tryton-ok", true}},
                fill);
    wizard.step("accept_page", [](Session& session) { return judge_page(session, true); });
    wizard.step("put_aside_page", [](Session& session) { return judge_page(session, false); });
    wizard.step("later_page", later_page);
    wizard.form("nothing_left", "raadspost.triage.done", "raadspost.triage_done_view_form",
                {{"Close", "end", "tryton-close", true}}, summary);
    return wizard;
}

}  // namespace raadspost::crm
