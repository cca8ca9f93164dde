// reply_decisions.cpp - what a person may decide about an answer that was written: as for dispatches
// (crm/sending/decision.cpp), by the table of core/post/delivery.hpp.
#include "core/post/delivery.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/replying/reply_writing.hpp"
#include "crm/sending/machine.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

struct Row {
    Id id, message, appeal, case_id;
    post::State state;
    post::DispatchKey key;
    std::string mailbox;
};

Row row_of(Id reply) {
    const Rows<Id, std::optional<Id>, std::optional<Id>, std::string, std::string, std::string> rows{
        "select message, appeal, \"case\", state, mailbox, uuid from raadspost_reply where id = {}", reply};
    if (rows.empty()) throw UserError{"msg_triage_gone"};
    const auto& [message, appeal, case_id, state, mailbox, uuid] = rows.front();
    return {reply,
            message,
            appeal.value_or(0),
            case_id.value_or(0),
            post::state_named(state).value_or(post::State::cancelled),
            key_of_reply(uuid, mailbox),
            mailbox};
}

[[noreturn]] void refuse(const Problem& problem) {
    throw UserError{"msg_sending_problem", {{"problem", sentence(problem)}}};
}

void tell_ledger(const Row& row, post::State becomes) {
    if (row.state != post::State::uncertain || becomes != post::State::sent) return;
    auto machine = Machine::open();
    if (!machine) refuse(machine.problem());
    const post::Ledger::Posting posting{row.key, post::Posted::accepted};
    const auto number = machine->ledger().append(
        {&posting, 1}, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (!number) refuse(number.problem());
    remember_ledger_number(machine->ledger().id(), *number);
}

void decide(const Ids& replies, post::State becomes, const char* text) {
    const DateTime now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (const Id id : replies) {
        const Row row = row_of(id);
        if (!post::allowed(row.state, becomes, post::Mover::person)) throw UserError{"msg_decision_too_late"};
        tell_ledger(row, becomes);
        // A sender may have been quicker.
        if (execute(
                "update raadspost_reply set state = {}, reason = 'person', journal = null, first_try = null, "
                "next_try = null, write_date = {} where id = {} and state = {}",
                std::string{post::name(becomes)}, now, id, std::string{post::name(row.state)}) != 1)
            throw UserError{"msg_decision_too_late"};
        if (becomes == post::State::sent)
            execute("update raadspost_reply set sent_at = claimed_at where id = {}", id);
        else
            execute("update raadspost_reply set again_at = {} where id = {}", now, id);
        record_event({.appeal = row.appeal,
                      .kind = "reply",
                      .text = translated(text, {{"mailbox", row.mailbox}}),
                      .case_id = row.case_id,
                      .message = row.message});
    }
    forget_cached("raadspost.reply", replies);
}

}  // namespace

void reply_was_sent(const Ids& replies) {
    decide(replies, post::State::sent, "msg_reply_was_sent");
}

void send_reply_again(const Ids& replies) {
    decide(replies, post::State::released, "msg_reply_again");
}

void take_reply_back(const Ids& replies) {
    decide(replies, post::State::cancelled, "msg_reply_taken_back");
}

}  // namespace raadspost::crm
