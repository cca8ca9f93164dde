// to_do.cpp - the screen with which people begin: what asks for them now, in the order in which it helps, and
// the way to every list. Counts and tells only; what it names is done elsewhere.
#include "crm/entities.hpp"
#include "crm/opening.hpp"
#include "crm/sending/status.hpp"
#include "crm/triage/queue.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <utility>

namespace raadspost::crm {

using namespace tryton;

namespace {

struct Waiting {
    const char* sentence;
    const char* counted;  // SQL
};

// What has to be there before an appeal can go out; each is told only when the one before it is done.
constexpr Waiting preparations[] = {
    {"msg_begin_with_import", "select count(*) from raadspost_council"},
    {"msg_to_do_griffies", "select count(*) from raadspost_griffie"},
    {"msg_to_do_association", "select count(*) from raadspost_association"},
    {"msg_to_do_appeal", "select count(*) from raadspost_appeal"},
};

// What waits for a person, by what it costs to leave it.
constexpr Waiting work[] = {
    {"msg_to_do_uncertain",
     "select (select count(*) from raadspost_dispatch where state in ('uncertain', 'refused')) + "
     "(select count(*) from raadspost_reply where state = 'uncertain')"},
    {"msg_to_do_approval", "select count(*) from raadspost_appeal where state = 'submitted'"},
    {"msg_to_do_start", "select count(*) from raadspost_appeal where state = 'approved'"},
    {"msg_to_do_plan",
     "select count(*) from raadspost_plan_line l join raadspost_appeal a on a.id = l.appeal where "
     "l.state = 'held' and l.simulation is null and a.state = 'running'"},
    {"msg_to_do_failing", "select count(*) from raadspost_griffie where status = 'failing'"},
};

std::int64_t number(const char* counted) {
    return std::get<0>(Rows<std::int64_t>{counted}.front());
}

std::string told(const char* message, std::int64_t many) {
    return translated(message, {{"number", many}});
}

bool anything_runs() {
    return number("select count(*) from raadspost_appeal where state in ('approved', 'running')") > 0;
}

std::vector<std::string> sentences() {
    std::vector<std::string> lines;
    for (const auto& [message, counted] : preparations) {
        if (number(counted) > 0) continue;
        lines.push_back(translated(message));
        return lines;
    }
    if (anything_runs()) lines = sending_troubles();
    if (const Queued queued = count_to_judge(); queued.pages > 0)
        lines.push_back(
            translated("msg_to_do_judge_pages", {{"number", queued.all()}, {"pages", queued.pages}}));
    else if (queued.messages > 0)
        lines.push_back(told("msg_to_do_judge", queued.messages));
    for (const auto& [message, counted] : work)
        if (const auto many = number(counted); many > 0) lines.push_back(told(message, many));
    if (anything_runs() && number("select count(*) from raadspost_mail_source where active") == 0)
        lines.push_back(translated("msg_to_do_mailbox"));
    if (lines.empty()) lines.push_back(translated("msg_to_do_nothing"));
    return lines;
}

Values advice(const Ids& ids) {
    std::string text;
    for (const std::string& line : sentences()) text += (text.empty() ? "" : "\n") + line;
    Values found;
    for (const Id id : ids) found[id] = text;
    return found;
}

// A link of the host would show the count of each tab as well: nine of them fill two screens.
constexpr std::pair<const char*, const char*> lists[] = {
    {"judge_list", "act_triage"}, {"cases", "act_case"},       {"dispatches", "act_dispatch"},
    {"plan", "act_plan_line"},    {"appeals", "act_appeal"},   {"associations", "act_association"},
    {"councils", "act_council"},  {"griffies", "act_griffie"}, {"suppressions", "act_suppression"},
};

}  // namespace

Model to_do() {
    Model model{"raadspost.to_do", "To Do"};
    for (const auto& [button, action] : lists) model.button(button, opening(action));
    return model.singleton()
        .stored()
        .shown()
        .field(Function{Text{"advice", "What to Do Now"}, advice})
        .button("judge", opening("wizard_triage"))
        .button("import_file", opening("act_import_register"))
        // The host computes nothing for a singleton without a row.
        .after_upgrade([] {
            if (Rows<Id>{"select id from raadspost_to_do"}.empty())
                execute("insert into raadspost_to_do (create_uid) values (0)");
        });
}

}  // namespace raadspost::crm
