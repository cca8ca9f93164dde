#include "crm/followup/repaired_address.hpp"

#include "core/fold.hpp"
#include "crm/followup/planner.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

struct Again {
    Id appeal = 0, council = 0, step = 0, case_id = 0, dispatch = 0;
    std::string council_name, step_name, address;
};

// The last that was sent to each council, where it came back for good and its griffie is written to elsewhere
// now.
std::vector<Again> came_back(const Ids& griffies) {
    std::vector<Again> found;
    const std::string left =
        "('claimed', 'deferred', 'sent', 'delivered', 'bounced', 'refused', 'uncertain')";
    for (auto& [appeal, council, step, case_id, dispatch, council_name, step_name, address] :
         Rows<Id, Id, Id, Id, Id, std::string, std::string, std::string>{
             "select k.appeal, k.council, d.step, k.id, d.id, c.name, s.name, g.email from raadspost_griffie "
             "g "
             "join \"raadspost_griffie-raadspost_council\" gc on gc.griffie = g.id "
             "join raadspost_case k on k.council = gc.council join raadspost_council c on c.id = k.council "
             "join raadspost_appeal a on a.id = k.appeal and a.state <> 'closed' "
             "join \"raadspost_dispatch-raadspost_case\" l on l.\"case\" = k.id "
             "join raadspost_dispatch d on d.id = l.dispatch join raadspost_step s on s.id = d.step "
             "where g.id in {} and g.status in ('confirmed', 'unconfirmed') and coalesce(g.mailbox, '') <> "
             "'' "
             "and g.mailbox <> d.mailbox "
             "and ((d.state = 'bounced' and d.reason = 'bounced_hard') or d.state = 'refused') "
             "and not exists (select 1 from \"raadspost_dispatch-raadspost_case\" ol join raadspost_dispatch "
             "o "
             "on o.id = ol.dispatch join raadspost_case ok on ok.id = ol.\"case\" where ok.appeal = k.appeal "
             "and ok.council = k.council and o.id <> d.id and o.state in " +
                 left +
                 " and coalesce(o.sent_at, o.claimed_at, o.due) >= coalesce(d.sent_at, d.claimed_at, d.due)) "
                 "and not exists (select 1 from raadspost_plan_decision p where p.appeal = k.appeal "
                 "and p.council = k.council and p.step = d.step and p.kind in ('retry', 'again') "
                 "and not p.undone and p.at >= coalesce(d.sent_at, d.claimed_at, d.due)) order by k.id",
             griffies})
        found.push_back({appeal, council, step, case_id, dispatch, std::move(council_name),
                         std::move(step_name), std::move(address)});
    return found;
}

// Logged, so that it can be undone by its event.
void send_again(const std::vector<Again>& all) {
    std::vector<Event> events;
    for (const Again& each : all)
        events.push_back({.appeal = each.appeal,
                          .kind = "plan_decision",
                          .text = translated("msg_plan_repaired", {{"council", each.council_name},
                                                                   {"step", each.step_name},
                                                                   {"address", each.address}}),
                          .case_id = each.case_id,
                          .dispatch = each.dispatch});
    const Ids logged = record_events(events);
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const Id user = current_user();
    std::vector<std::tuple<Id, Id, Id, std::string, std::string, DateTime, std::optional<Id>, Id, bool>> rows;
    for (std::size_t n = 0; n < all.size(); ++n)
        rows.emplace_back(all[n].appeal, all[n].council, all[n].step, "retry",
                          translated("msg_plan_repaired_reason", {{"address", all[n].address}}), now,
                          user > 0 ? std::optional{user} : std::nullopt, logged[n], false);
    insert_rows("raadspost.plan.decision",
                std::to_array<std::string_view>(
                    {"appeal", "council", "step", "kind", "reason", "at", "actor", "event", "undone"}),
                rows);
}

void plan_for(const std::vector<Again>& all) {
    Ids councils;
    for (const Again& each : all) councils.push_back(each.council);
    plan_councils(councils);
}

}  // namespace

void try_repaired_addresses(const Ids& griffies) {
    if (griffies.empty()) return;
    const auto all = came_back(griffies);
    if (all.empty()) return;
    send_again(all);
    plan_for(all);
}

void move_to_address(Id dispatch, const std::string& address) {
    std::vector<Again> all;
    Id griffie = 0;
    for (auto& [appeal, council, step, case_id, its_griffie, council_name, step_name] :
         Rows<Id, Id, Id, Id, Id, std::string, std::string>{
             "select k.appeal, k.council, d.step, k.id, g.id, c.name, s.name from raadspost_dispatch d "
             "join raadspost_griffie g on g.id = d.griffie and coalesce(g.mailbox, '') <> {} "
             "join raadspost_step s on s.id = d.step "
             "join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
             "join raadspost_case k on k.id = l.\"case\" join raadspost_council c on c.id = k.council "
             "where d.id = {} order by k.id",
             folded_mailbox(address), dispatch}) {
        griffie = its_griffie;
        all.push_back({appeal, council, step, case_id, dispatch, std::move(council_name),
                       std::move(step_name), address});
    }
    if (all.empty()) return;
    // Decided before the address changes, which by itself would try again what came back.
    send_again(all);
    write("raadspost.griffie", {griffie}, {{"email", address}, {"status", "confirmed"}});
    plan_for(all);
}

}  // namespace raadspost::crm
