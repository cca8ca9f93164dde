// status.cpp - how sending stands, for people: armed or not and why, who sends, what is wrong. And what an
// administrator may do about it, with a reason.
#include "crm/sending/status.hpp"

#include "core/post/journal.hpp"
#include "crm/entities.hpp"
#include "crm/followup/plan_run.hpp"
#include "crm/moment.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/sending/recovery.hpp"
#include "crm/sending/stop_switch.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/module.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"
#include "tryton/wizard.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr std::chrono::minutes seen_lately{2};
constexpr std::chrono::minutes slice_overdue{10};  // the host's cron runs each minute, one job after another

Machine machine_or_sentence() {
    auto machine = Machine::open();
    if (!machine) throw UserError{"msg_sending_problem", {{"problem", sentence(machine.problem())}}};
    return std::move(*machine);
}

// Open, by whom and why; or shut, and what to do.
std::string fence_sentence(const post::FenceState& fence) {
    if (fence.shut)
        return sentence({"fence_" + std::string{post::name(*fence.shut)}, "", "", fence.explanation});
    return translated("msg_fence_open", {{"who", fence.armed_by}, {"reason", fence.reason}});
}

// The host's cron sends in slices where no raadspostd runs.
bool slices_are_due() {
    return !Rows<Id>{
        "select id from ir_cron where active and method = 'raadspost.dispatch|send_slice' "
        "and (next_call is null or next_call > {})",
        now() - slice_overdue}
                .empty();
}

// What a person has to know: in test mode nothing else matters as much.
std::string sending_trouble() {
    std::vector<std::string> lines = sending_troubles();
    if (count("raadspost.council", {}) == 0) lines.insert(lines.begin(), translated("msg_begin_with_import"));
    if (const auto rewrite = configured("raadspost", "rewrite_recipients"))
        lines.insert(lines.begin(), translated("msg_sending_rewritten", {{"address", *rewrite}}));
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::map<std::string, Values> status(const Ids& ids, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    bool armed = false;
    std::string explanation;
    if (const auto machine = Machine::open()) {
        const auto fence = machine->fence();
        armed = !fence.shut;
        explanation = fence_sentence(fence);
    }
    std::map<std::string, std::int64_t> counts;
    for (const auto& [state, number] : Rows<std::string, std::int64_t>{
             "select state, count(*) from raadspost_dispatch where state in ('released', 'claimed', "
             "'deferred', 'uncertain') or (state = 'planned' and due <= {}) group by state union all "
             "select state, count(*) from raadspost_reply where state in "
             "('released', 'claimed', 'deferred', 'uncertain') group by state",
             now()})
        counts[state] += number;
    for (const Id id : ids) {
        found["armed"][id] = armed;
        found["fence"][id] = explanation;
        found["trouble"][id] = sending_trouble();
        found["stopped"][id] = all_stopped().has_value();
        found["waiting"][id] = counts["planned"] + counts["released"] + counts["deferred"];
        found["under_way"][id] = counts["claimed"];
        found["uncertain"][id] = counts["uncertain"];
    }
    return found;
}

std::string actor() {
    return Record{"res.user", current_user()}.text("login");
}

std::string arm(Session& session) {
    const std::string reason = session.form("start").text("reason");
    if (const auto unsafe = unsafe_database())
        throw UserError{"msg_sending_problem", {{"problem", sentence(*unsafe)}}};
    Machine machine = machine_or_sentence();
    if (const auto armed = machine.arm(actor(), reason); !armed)
        throw UserError{"msg_sending_problem", {{"problem", sentence(armed.problem())}}};
    record_event({.appeal = 0, .kind = "note", .text = translated("msg_armed", {{"reason", reason}})});
    return "end";
}

}  // namespace

std::vector<std::string> sending_troubles() {
    std::vector<std::string> lines;
    const auto stop = all_stopped();
    if (stop) lines.push_back(stop->words);
    if (const auto unsafe = unsafe_database()) lines.push_back(sentence(*unsafe));
    if (const auto machine = Machine::open(); !machine) {
        lines.push_back(sentence(machine.problem()));
    } else if (const auto fence = machine->fence(); fence.shut) {
        lines.push_back(fence_sentence(fence));
    }
    const Rows<std::string, DateTime, std::optional<std::string>, std::optional<std::string>> senders{
        "select host, seen_at, trouble, trouble_text from raadspost_sender order by seen_at desc"};
    const bool alive = !senders.empty() && std::get<1>(senders.front()) > now() - seen_lately;
    for (const auto& [host, seen, trouble, text] : senders) {
        // What the dead said last is worth hearing only when nobody lives.
        if (alive && seen <= now() - seen_lately) break;
        if (!trouble || trouble->starts_with("fence_") || *trouble == "all_stopped" ||
            (stop && *trouble == stop->problem))
            continue;
        const std::string what = sentence({*trouble, "", "", text.value_or("")});
        lines.push_back(senders.size() > 1 ? host + ": " + what : what);
    }
    if (!alive && !slices_are_due()) lines.push_back(translated("msg_sending_nobody"));
    return lines;
}

Model sending() {
    Model model{"raadspost.sending", "Sending"};
    add_last_run(model);
    return model.singleton()
        .stored()
        .shown()
        .named_by("database_id")
        .field(Char{"database_id", "Database ID"}.readonly())
        .fields(
            {Boolean{"armed", "Sending Is Armed"}, Text{"fence", "Since"}.invisible(!eval("armed", false)),
             Text{"trouble", "To Be Looked At"}.invisible(eval("trouble").is_empty()),
             Boolean{"stopped", "All Sending Is Stopped"}, Integer{"waiting", "Ready or Due"},
             Integer{"under_way", "Being Sent"}, Integer{"uncertain", "Uncertain"}},
            status)
        .button(
            "disarm",
            [](const Ids&) {
                Machine machine = machine_or_sentence();
                if (const auto shut = machine.disarm(); !shut)
                    throw UserError{"msg_sending_problem", {{"problem", sentence(shut.problem())}}};
                record_event(
                    {.appeal = 0, .kind = "note", .text = translated("msg_disarmed", {{"who", actor()}})});
                return Value{"reload"};
            },
            {.invisible = !eval("armed", false)})
        .button("stop_all", stop_all_sending, {.invisible = eval("stopped", false)})
        .button("resume_all", resume_all_sending, {.invisible = !eval("stopped", false)})
        .method("trouble_now", [](const List&) { return Value{sending_trouble()}; })
        .after_upgrade([] {
            // A database that is copied keeps its id; the fence tells by place and numbers that it is a copy.
            if (Rows<Id>{"select id from raadspost_sending where database_id is not null"}.empty())
                execute("insert into raadspost_sending (database_id) values ({})", post::new_journal_id());
        });
}

Model arm_start() {
    return Model{"raadspost.sending.arm.start", "Arm Sending"}
        .shown()
        .field(Text{"fence", "Now"}.readonly())
        .field(
            Text{"reason", "Reason"}.required().help("Kept on this machine and in the log, with your name."));
}

Wizard arm_sending_wizard() {
    return Wizard{"raadspost.sending.arm"}
        .form("start", "raadspost.sending.arm.start", "raadspost.arm_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Arm", "arm", "tryton-ok", true}},
              [](Session&) {
                  return Dict{{"fence", fence_sentence(machine_or_sentence().fence())}};
              })
        .step("arm", arm);
}

}  // namespace raadspost::crm
