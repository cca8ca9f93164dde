#include "crm/appeal/appeal_numbers.hpp"

#include "crm/sending/status.hpp"
#include "crm/tracking/planning.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

namespace {

// What is ready leaves within moments while the appeal runs, and stays where it is while it does not.
const char* counted_as(const std::string& state, bool running) {
    if (state == "planned" || state == "held") return "waiting_count";
    if (!running && (state == "released" || state == "deferred")) return "waiting_count";
    if (state == "released" || state == "claimed" || state == "deferred") return "under_way_count";
    if (state == "sent" || state == "delivered") return "sent_count";
    if (state == "cancelled") return "cancelled_count";
    return "trouble_count";  // refused, uncertain, bounced
}

std::string label_of(const std::string& reason) {
    return translated(reason.empty() ? "msg_reason_gets" : "msg_reason_" + reason);
}

}  // namespace

std::map<std::string, Values> dispatch_numbers(const Ids& appeals, const std::vector<std::string>& names) {
    std::map<std::string, std::map<Id, std::int64_t>> numbers;
    for (const std::string& name : names)
        for (const Id appeal : appeals) numbers[name][appeal] = 0;
    for (const auto& [appeal, appeal_state, state, number] : Rows<Id, std::string, std::string, std::int64_t>{
             "select d.appeal, a.state, d.state, count(*) from raadspost_dispatch d join raadspost_appeal a "
             "on a.id = d.appeal where d.appeal in {} group by d.appeal, a.state, d.state",
             appeals}) {
        numbers["dispatch_count"][appeal] += number;
        numbers[counted_as(state, appeal_state == "running")][appeal] += number;
    }
    std::map<std::string, Values> found;
    for (const std::string& name : names)
        for (const auto& [appeal, number] : numbers[name]) found[name][appeal] = number;
    return found;
}

Values next_message(const Ids& appeals) {
    const DateTime now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    Values found;
    for (const auto& [appeal, due] : Rows<Id, DateTime>{
             "select d.appeal, min(d.due) from raadspost_dispatch d join raadspost_appeal a on a.id = "
             "d.appeal "
             "where d.appeal in {} and a.state = 'running' and d.state = 'planned' and d.due > {} group by "
             "d.appeal",
             appeals, now})
        found[appeal] = due;
    return found;
}

Values sending_trouble(const Ids& appeals) {
    Values found;
    for (const Id appeal : appeals) found[appeal] = "";
    const Rows<Id> waiting{
        "select a.id from raadspost_appeal a where a.id in {} and a.state = 'running' and exists (select 1 "
        "from "
        "raadspost_dispatch d where d.appeal = a.id and d.state in ('planned', 'released', 'claimed', "
        "'deferred'))",
        appeals};
    if (waiting.empty()) return found;
    const std::vector<std::string> troubles = sending_troubles();
    if (troubles.empty()) return found;
    for (const auto& [appeal] : waiting) found[appeal] = troubles.front();
    return found;
}

std::map<std::string, Values> recipient_numbers(const Ids& appeals, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    for (const Id appeal : appeals) {
        std::int64_t all = 0, gets = 0, waits = 0, mailboxes = 0;
        std::string lines;
        for (const auto& [reason, number, offices] : Rows<std::string, std::int64_t, std::int64_t>{
                 "select r.reason, count(*), count(distinct r.mailbox) from (" + recipients_query(appeal) +
                 ") r group by r.reason order by count(*) desc"}) {
            all += number;
            if (reason.empty()) {
                gets = number;
                mailboxes = offices;
            } else if (reason == unconfirmed || reason == gap) {
                waits += number;
            }
            lines += std::to_string(number) + "  " + label_of(reason) + "\n";
        }
        found["council_count"][appeal] = all;
        found["gets_count"][appeal] = gets;
        found["mailbox_count"][appeal] = mailboxes;
        found["waits_count"][appeal] = waits;
        found["without_count"][appeal] = all - gets - waits;
        found["recipients"][appeal] = std::move(lines);
    }
    return found;
}

}  // namespace raadspost::crm
