// The fence: the one file that must fit the database before anything is sent. It is shut from the start
// (nothing is armed by installing) and shuts when the database is another one, lies elsewhere, or has
// forgotten what this machine sent: a restore, a copy, a clone of the machine. An administrator arms it with
// a reason; a line of each arming is kept. Threads: one at a time; processes are kept apart by a file lock.
//
// The number. After Ledger::append a batch's transaction stores, in the database's row for this ledger id,
// max(stored, Ledger::last_number()); after its commit the sender calls advance(). So in ordinary life
//     fence number <= database number <= ledger's last number
// (a crash in between leaves "<", never ">"). A database with a smaller number than the fence has been set
// back; one with a larger number than the ledger belongs with another ledger. Both shut the fence.
//
// File "fence-<database id>": key=value lines database, place, ledger, number, armed_by, armed_at, reason,
// and a CRC-32.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/no_host.hpp"
#include "core/post/disk/disk.hpp"
#include "core/result.hpp"

namespace raadspost::post {

// What the database says of itself, read in one transaction.
struct DatabaseFacts {
    std::string id;  // random, stored in the database when the module is set up: letters, digits, '-'
    std::string
        place;  // where it lies: host, port, and name (or the file's path), so that a copy beside it is seen
    std::uint64_t number = 0;  // of the row for this ledger's id; 0 if there is none
};

struct LedgerFacts {
    std::string id;
    std::uint64_t last_number = 0;
};

// Each reason is the end of a message id: "fence_" + name(reason).
enum class Shut {
    never_armed,
    unreadable,
    other_database,
    other_place,
    other_ledger,
    set_back,
    ledger_behind
};
std::string_view name(Shut reason);

struct FenceState {
    std::optional<Shut> shut;  // nothing: open, sending is allowed
    std::string explanation;   // one English sentence with the numbers
    std::string armed_by;
    std::string reason;
};

class Fence {
public:
    Fence(Disk& disk, std::filesystem::path folder) : disk_{disk}, folder_{std::move(folder)} {}

    // Before each batch is claimed. Never writes. The facts are asked for after the file was read, the
    // ledger's last, so that a batch which another sender settles meanwhile cannot look like a database that
    // was set back.
    FenceState check(const std::string& database_id, const std::function<DatabaseFacts()>& database,
                     const std::function<LedgerFacts()>& ledger) const;
    FenceState check(const DatabaseFacts& database, const LedgerFacts& ledger) const;

    // Makes the fence fit these facts; Ledger::raise_to(database.number) comes before it. `who` and `reason`
    // must not be empty.
    Result<Done> arm(const DatabaseFacts& database, const LedgerFacts& ledger, const std::string& who,
                     const std::string& reason, std::chrono::sys_seconds now);

    // After a batch's commit: the fence's number becomes max(its own, number). Nothing else changes.
    Result<Done> advance(const std::string& database_id, std::uint64_t number);

    // An administrator's "stop": shuts until armed anew.
    Result<Done> disarm(const std::string& database_id);

private:
    struct Post;  // the file's content
    Result<Post> read(const std::string& database_id) const;
    Result<Done> write(const Post& post) const;
    std::filesystem::path file(const std::string& database_id) const;

    Disk& disk_;
    std::filesystem::path folder_;
};

}  // namespace raadspost::post
