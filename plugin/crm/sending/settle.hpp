// Settling: what became of claimed dispatches goes into the ledger and then, in one short transaction, into
// the database, together with the ledger's number; then the fence moves on. The order is the safety: see
// machine.hpp and fence.hpp. [gil-held].
#pragma once

#include "core/post/delivery.hpp"
#include "crm/sending/claim.hpp"

namespace raadspost::crm {

// What a claimed dispatch becomes; free again unless told otherwise.
struct Verdict {
    explicit Verdict(const Claim& claim, post::State becomes = post::State::released, std::string why = {})
        : dispatch{claim.dispatch}, key{claim.key}, state{becomes}, reason{std::move(why)} {}

    tryton::Id dispatch;
    post::DispatchKey key;
    post::State state;
    std::string reason;  // a key of the dispatch's reasons, or empty
    std::optional<std::chrono::sys_seconds> next_try;
    post::Submission submission;  // reply code, status, text, queue id
    bool remake = false;          // with released: the frozen bytes are gone or spoilt
};

// All verdicts are about rows claimed with this journal; a row that is no longer is left alone. Problem when
// the ledger cannot be written: then nothing is settled, the journal still knows, and sending must stop.
Result<Done> settle(Machine& machine, const std::string& journal, const std::vector<Verdict>& verdicts);

}  // namespace raadspost::crm
