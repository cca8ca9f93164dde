#include "crm/sending/stop_switch.hpp"

#include "crm/moment_in_words.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

using MaybeText = std::optional<std::string>;

constexpr const char* configuration = "raadspost.configuration";

DateTime now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

struct Stop {
    std::optional<DateTime> at;
    MaybeText who, problem;
};

// Nothing while it goes on. Who and when are missing where it was stopped by hand in the database.
std::optional<Stop> present_stop() {
    for (auto& [stopped, at, who, problem] :
         Rows<std::optional<bool>, std::optional<DateTime>, MaybeText, MaybeText>{
             "select c.stopped, c.stopped_at, u.name, c.stopped_for from raadspost_configuration c "
             "left join res_user u on u.id = c.stopped_by"})
        if (stopped.value_or(false)) return Stop{at, std::move(who), std::move(problem)};
    return std::nullopt;
}

// Without a look at the other settings: whatever is wrong with those, a stop stops.
void set(std::tuple<bool, std::optional<DateTime>, std::optional<Id>, MaybeText> state) {
    const auto present = [] { return Rows<Id>{"select id from raadspost_configuration"}; };
    if (present().empty()) create(configuration, {Dict{}});  // to the host it is always there
    std::vector<std::tuple<Id, bool, std::optional<DateTime>, std::optional<Id>, MaybeText>> rows;
    for (const auto& [id] : present()) rows.push_back(std::tuple_cat(std::tuple{id}, state));
    update_rows(configuration,
                std::to_array<std::string_view>({"stopped", "stopped_at", "stopped_by", "stopped_for"}),
                rows);
}

}  // namespace

bool is_all_stopped() {
    return present_stop().has_value();
}

Value stop_all_sending(const Ids&) {
    // Whoever stopped it first, a sender with its reason above all, stays to be read.
    if (is_all_stopped()) return "reload";
    set({true, now(), current_user(), std::nullopt});
    record_event({.appeal = 0, .kind = "note", .text = translated("msg_all_stopped")});
    return "reload";
}

Value resume_all_sending(const Ids&) {
    if (!is_all_stopped()) return "reload";
    set({false, std::nullopt, std::nullopt, std::nullopt});
    record_event({.appeal = 0, .kind = "note", .text = translated("msg_all_resumed")});
    return "reload";
}

void stop_all_sending_for(const Problem& why) {
    execute(
        "update raadspost_configuration set stopped = {}, stopped_at = {}, stopped_by = null, stopped_for = "
        "{} "
        "where not coalesce(stopped, {})",
        true, now(), why.id, false);
}

std::string stop_in_words() {
    const auto stop = present_stop();
    if (!stop) return {};
    const std::string when = stop->at ? moment_in_words(*stop->at) : "";
    if (stop->problem) return when + ": " + sentence({*stop->problem, "", "", *stop->problem});
    if (!stop->at || !stop->who) return translated("msg_sending_stopped");
    return translated("msg_sending_stopped_by", {{"who", *stop->who}, {"when", when}});
}

std::string stop_problem() {
    const auto stop = present_stop();
    return stop ? stop->problem.value_or("") : "";
}

}  // namespace raadspost::crm
