// Claiming: which released dispatches this sender takes next, and what it needs to know of them. One short
// transaction that also takes the rate tokens, so that limits hold over all senders. [gil-held].
#pragma once

#include "core/calendar/sending_days.hpp"
#include "crm/sending/machine.hpp"
#include "tryton/value.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::crm {

struct SendingSettings {
    bool stopped = false;  // the administrator's stop for everything
    int batch_size = 50;
    int connections = 2;
    int per_minute = 0;  // 0: no limit
    int give_up_days = 4;
    int keep_bytes_days = 90;
    calendar::SendingHours hours;

    static SendingSettings load();
    // On working days inside the window; on any day where the configuration says so.
    bool open_at(std::chrono::sys_seconds moment) const;
};

// A claimed message: a dispatch, or an answer that a person wrote to a council. Senders, journals and
// recovery tell them apart by the number alone, so that both go one and the same road.
struct Claim {
    tryton::Id dispatch = 0;  // the row's id; below zero that of raadspost.reply
    int tries = 1;            // this one included
    std::string mailbox, message_id, envelope_sender, bytes_file, bytes_hash;
    std::chrono::sys_seconds first_try;
    std::optional<std::chrono::sys_seconds>
        again_at;  // a person's "send again": what was uncertain until then
    post::DispatchKey key;
};

// Whose claims they are: written into each row, so that after a crash it is clear which journal speaks for
// it.
struct Claimant {
    std::string sender;   // "host:pid"
    std::string journal;  // the journal's id
};

// Takes up to batch_size dispatches that are ready (or due for another try) and whose appeal runs. Committed
// on return.
std::vector<Claim> claim_batch(const Claimant& claimant, const SendingSettings& settings,
                               const std::string& relay);

// The same of answers that people wrote (crm/replying). Whoever pressed "Send" waits for no sending window,
// and nobody is asked whether the appeal still runs.
std::vector<Claim> claim_replies(const Claimant& claimant, const SendingSettings& settings,
                                 const std::string& relay);
bool replies_wait();
constexpr bool is_reply(tryton::Id claimed) {
    return claimed < 0;
}

// Every claimed row that names this journal, as committed by now, whatever the caller's transaction sees.
std::vector<Claim> claims_of(const std::string& journal);

// The part of a WHERE that chooses the dispatches whose ids `query` gives (of `raadspost_dispatch d`),
// locked; without those that another sender has locked.
std::string is_free_one_of(const std::string& query);

// The part of a WHERE that keeps mail away from whom nothing may be sent to any more; `d` is the dispatch,
// `a` its appeal.
extern const char* const not_suppressed;

// The same that asks whether the text of a dispatch that has been made was approved anew since.
extern const char* const approved_anew;

// What this sender took to make and has not made waits for whoever comes next.
void free_unmade(const std::string& journal);

}  // namespace raadspost::crm
