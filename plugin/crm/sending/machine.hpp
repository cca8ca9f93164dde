// The machine's own side of sending: the folder with key ring, ledger, fence and journals, and whether the
// database that the host is working on may be sent from here. `trytond.conf` names the folder by its key
// ring, [raadspost] keys; each database has a sub-folder of its own beside it. [gil-held], one thread.
#pragma once

#include "core/post/fence.hpp"
#include "core/post/ledger.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace raadspost::crm {

class Machine {
public:
    // Makes what is missing. Problem "machine_folder" when no key ring is configured or the folder cannot be
    // used.
    static Result<Machine> open();

    const std::filesystem::path& folder() const { return folder_; }
    static std::string own_name();
    const std::string& host() const { return host_; }  // own_name()
    post::Ledger& ledger() { return *ledger_; }
    // A ledger that could not be written stays closed; this opens it anew.
    Result<Done> reopen_ledger();

    // What the database says of itself, and whether it fits what this machine remembers. In a transaction.
    post::DatabaseFacts database() const;
    post::FenceState fence() const;
    Result<Done> arm(const std::string& who, const std::string& reason);
    Result<Done> disarm();
    // After a batch was committed with this number of the ledger.
    Result<Done> advance_fence(std::uint64_t number);

private:
    explicit Machine(std::filesystem::path folder);
    std::filesystem::path folder_;
    std::string host_;
    std::unique_ptr<post::Ledger> ledger_;
    mutable post::Fence fence_;
};

// Why this database must not be sent from at all: commits that are not durable, a missing unique index, a
// journal mode in which readers block. Nothing if it is safe.
std::optional<Problem> unsafe_database();

// Within the transaction that settles a batch: the database remembers the ledger's number.
void remember_ledger_number(const std::string& ledger, std::uint64_t number);

// How the ledger names what is sent: a dispatch by the uuid of its step, an answer that a person wrote by its
// own.
post::DispatchKey key_of_dispatch(const std::string& step, const std::string& mailbox, int occurrence);
post::DispatchKey key_of_reply(const std::string& reply, const std::string& mailbox);

}  // namespace raadspost::crm
