#include "crm/sending/stop_switch.hpp"

#include "crm/moment.hpp"
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

// Its row, made where it is not yet: to the host a singleton is always there.
Id the_configuration() {
    for (const auto& [id] : Rows<Id>{"select id from raadspost_configuration order by id"}) return id;
    return create(configuration, {Dict{}}).front();
}

// Without a look at the other settings: whatever is wrong with those, a stop stops.
void set(bool stopped, std::optional<DateTime> at, std::optional<Id> by) {
    update_rows(configuration,
                std::to_array<std::string_view>({"stopped", "stopped_at", "stopped_by", "stopped_for"}),
                std::vector{std::tuple{the_configuration(), stopped, at, by, MaybeText{}}});
}

// Who and when are missing where it was stopped by hand in the database.
std::string words_of(const std::optional<DateTime>& at, const MaybeText& who, const MaybeText& problem) {
    const std::string when = at ? moment_in_words(*at) : "";
    if (problem) return when + ": " + sentence({*problem, "", "", *problem});
    if (!at || !who) return translated("msg_sending_stopped");
    return translated("msg_sending_stopped_by", {{"who", *who}, {"when", when}});
}

}  // namespace

std::optional<AllStopped> all_stopped() {
    for (const auto& [stopped, at, who, problem] :
         Rows<std::optional<bool>, std::optional<DateTime>, MaybeText, MaybeText>{
             "select c.stopped, c.stopped_at, u.name, c.stopped_for from raadspost_configuration c "
             "left join res_user u on u.id = c.stopped_by"})
        if (stopped.value_or(false)) return AllStopped{words_of(at, who, problem), problem.value_or("")};
    return std::nullopt;
}

Value stop_all_sending(const Ids&) {
    // Whoever stopped it first, a sender with its reason above all, stays to be read.
    if (all_stopped()) return "reload";
    set(true, now(), current_user());
    record_event({.appeal = 0, .kind = "note", .text = translated("msg_all_stopped")});
    return "reload";
}

Value resume_all_sending(const Ids&) {
    if (!all_stopped()) return "reload";
    set(false, std::nullopt, std::nullopt);
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

}  // namespace raadspost::crm
