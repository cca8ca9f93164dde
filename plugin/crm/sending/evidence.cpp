#include "crm/sending/evidence.hpp"

#include "core/post/delivery.hpp"
#include "crm/sending/machine.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

static_assert(post::allowed(post::State::uncertain, post::State::sent));

struct Uncertain {
    const char* model;
    const char* table;
    Id id, appeal, case_id, dispatch;
    post::DispatchKey key;
    std::string mailbox;
};

std::vector<Uncertain> uncertain_ones(const std::vector<std::string>& message_ids) {
    std::vector<Uncertain> found;
    const List ids{message_ids.begin(), message_ids.end()};
    for (const auto& [id, appeal, step, mailbox, occurrence] : Rows<Id, Id, std::string, std::string, int>{
             "select d.id, d.appeal, s.uuid, d.mailbox, d.occurrence from raadspost_dispatch d join "
             "raadspost_step s on s.id = d.step where d.message_id in {} and d.state = 'uncertain'",
             ids})
        found.push_back({"raadspost.dispatch", "raadspost_dispatch", id, appeal, 0, id,
                         key_of_dispatch(step, mailbox, occurrence), mailbox});
    for (const auto& [id, appeal, case_id, uuid, mailbox] :
         Rows<Id, std::optional<Id>, std::optional<Id>, std::string, std::string>{
             "select id, appeal, \"case\", uuid, mailbox from raadspost_reply where message_id in {} and "
             "state = 'uncertain'",
             ids})
        found.push_back({"raadspost.reply", "raadspost_reply", id, appeal.value_or(0), case_id.value_or(0), 0,
                         key_of_reply(uuid, mailbox), mailbox});
    return found;
}

Result<Done> tell_ledger(const std::vector<Uncertain>& found) {
    auto machine = Machine::open();
    if (!machine) return machine.problem();
    std::vector<post::Ledger::Posting> postings;
    for (const Uncertain& each : found) postings.push_back({each.key, post::Posted::accepted});
    const auto number = machine->ledger().append(
        postings, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (!number) return number.problem();
    remember_ledger_number(machine->ledger().id(), *number);
    return Done{};
}

}  // namespace

std::size_t settle_by(const Evidence& evidence) {
    if (evidence.message_ids.empty()) return 0;
    const auto found = uncertain_ones(evidence.message_ids);
    if (found.empty()) return 0;
    if (const auto told = tell_ledger(found); !told) {
        log(Level::warning,
            "an uncertain message is proven to be sent, and stays uncertain: " + told.problem().text);
        return 0;
    }
    const DateTime now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::size_t settled = 0;
    for (const Uncertain& each : found) {
        // A person may have decided meanwhile.
        if (execute(std::string{"update "} + each.table +
                        " set state = 'sent', reason = 'evidence', sent_at = coalesce(claimed_at, {}), "
                        "write_date = {} where id = {} and state = 'uncertain'",
                    now, now, each.id) != 1)
            continue;
        record_event({.appeal = each.appeal,
                      .kind = each.dispatch ? "dispatch" : "reply",
                      .text = translated("msg_evidence_sent", {{"mailbox", each.mailbox}}),
                      .evidence = evidence.text(),
                      .case_id = each.case_id,
                      .dispatch = each.dispatch,
                      .message = evidence.message});
        forget_cached(each.model, {each.id});
        ++settled;
    }
    return settled;
}

}  // namespace raadspost::crm
