// The ledger: which dispatches this machine has handed over, kept for 400 days beside the key ring, outside
// the database. When an old copy of the database comes back, the ledger still knows; before a claim it wins
// over the database. It holds no addresses: a dispatch is a hash of its natural key and its occurrence.
// Several sender processes of one machine share it: appending is serialised by a file lock, finding re-reads
// what others appended. A Ledger object serves one thread at a time.
//
// File "ledger" (append-only, replaced as a whole by compact()); a line per entry, '|' is one space:
//     number '|' unix time '|' 'a' or 'u' '|' 32 hex digits of the hash '|' 8 hex digits CRC-32 of all before
//     that space
// after a first line "raadspost-ledger 1|<ledger id>|<first number>|<crc>". An unfinished last line is passed
// over and cut off before the next append; any other spoilt line is a Problem ("ledger_damaged"), and sending
// stops.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/no_host.hpp"
#include "core/post/disk/disk.hpp"
#include "core/result.hpp"

namespace raadspost::post {

inline constexpr std::chrono::days ledger_keeps{400};

// A dispatch as the ledger knows it. `natural_key` must mean the same dispatch in an older copy of the
// database: appeal's uuid, step and folded mailbox, never a row id that a restored database would give out
// again. An answer that a person wrote: its uuid and mailbox.
struct DispatchKey {
    std::string natural_key;
    int occurrence = 1;
};

enum class Posted : char { accepted = 'a', uncertain = 'u' };

struct LedgerEntry {
    std::uint64_t number = 0;  // 1, 2, ...; grows for ever, also over a compaction
    std::chrono::sys_seconds when{};
    Posted posted = Posted::accepted;
};

class Ledger {
public:
    // Opens the ledger of the folder, or makes one (with a new random id) where there is none.
    static Result<std::unique_ptr<Ledger>> open(Disk& disk, const std::filesystem::path& folder);
    ~Ledger();

    const std::string& id() const;           // of this ledger, made with it
    std::uint64_t last_number() const;       // as of the last call below
    std::optional<Problem> failure() const;  // once it could not be written: nothing may be sent any more

    struct Posting {
        DispatchKey key;
        Posted posted = Posted::accepted;
    };
    // Durable on return, before the batch is settled in the database. A key that is there already keeps its
    // number (so this may be repeated after a crash); an uncertain one that is now accepted gets a new line.
    // Returns last_number(), which the database stores with the batch (core/post/fence.hpp).
    Result<std::uint64_t> append(std::span<const Posting> postings, std::chrono::sys_seconds now);

    // Per key: its newest entry, or nothing. One look at the file for all of them.
    Result<std::vector<std::optional<LedgerEntry>>> find(std::span<const DispatchKey> keys);

    // For a person's "send again" of an uncertain dispatch: forgets it durably. Accepted ones are never
    // forgotten.
    Result<Done> forget_uncertain(const DispatchKey& key);

    // Makes last_number() at least `number`: part of arming, when the database knows higher numbers of this
    // ledger than an old copy of the ledger does.
    Result<Done> raise_to(std::uint64_t number);

    // Drops entries older than ledger_keeps; how many.
    Result<std::size_t> compact(std::chrono::sys_seconds now);

private:
    class Book;
    explicit Ledger(std::unique_ptr<Book> book);
    std::unique_ptr<Book> book_;
};

}  // namespace raadspost::post
