// The journal: what a sender process has done at the relay, written down before and after the final dot of
// each message, so that after a crash it can be said which messages went out. One append-only file per
// process; format, example and downsides in journal_format.md. `mark_dot` is durable on return, all threads
// that wait share one fdatasync. The other marks are handed to the kernel at once (they survive a killed
// process) and become durable with the next dot, or sync(). Threads: Journal's functions may be called from
// any thread; reading is pure.
//
// DIAGNOSTICS: the first failure to write or sync makes the journal fail for ever: every later mark is a
// Problem
// ("journal_failed"), no dot may be sent, and the caller stops sending. Nothing is tried again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/no_host.hpp"
#include "core/post/disk/disk.hpp"
#include "core/post/submission.hpp"
#include "core/result.hpp"

namespace raadspost::post {

enum class MarkKind : char { dot = 'd', accepted = 'a', refused = 'r', deferred = 't' };

struct Mark {
    MarkKind kind = MarkKind::dot;
    std::int64_t dispatch = 0;  // the row's id; below zero that of an answer
    int attempt =
        0;  // the row's SMTP try, 1, 2, ...: a mark of an earlier try must not speak for a later one
    int code = 0;
    std::string enhanced;
    std::string queue_id;
    std::string text;
    friend bool operator==(const Mark&, const Mark&) = default;
};

// What a journal says when it is read.
struct JournalReading {
    std::string id;
    std::map<std::int64_t, Mark> last;  // per dispatch, its last mark
    bool torn_tail = false;             // an unfinished last line was passed over: normal after a crash
    std::optional<Problem>
        damage;  // a spoilt line before the end: what follows it is unknown. Claims that name this
                 // journal and have no mark in `last` are then uncertain, not free
};

class Journal {
public:
    // A new journal "<id>.journal" in `folder`, locked for as long as this object lives. Ids are made by
    // new_journal_id().
    static Result<std::unique_ptr<Journal>> create(Disk& disk, const std::filesystem::path& folder,
                                                   std::string id);
    ~Journal();

    const std::string& id() const;

    // Durable on return. Called before the final dot; without its success the dot must not be sent.
    Result<Done> mark_dot(std::int64_t dispatch, int attempt);
    // What came of it. Nothing is written for an uncertain submission: the dot without a reply says just
    // that; nor for one that ended before the dot.
    Result<Done> mark_reply(std::int64_t dispatch, int attempt, const Submission& submission);
    // All marks so far are durable on return. Called before a batch is settled.
    Result<Done> sync();

    std::optional<Problem> failure() const;
    std::uint64_t bytes() const;  // for rotation: past limits::journal_bytes a new one is due
    std::uint64_t syncs() const;  // how often the disk was synced: for measuring

private:
    class Writer;
    explicit Journal(std::unique_ptr<Writer> writer);
    std::unique_ptr<Writer> writer_;
};

// 16 letters and digits, random; the claim stores it.
std::string new_journal_id();

Result<JournalReading> read_journal(Disk& disk, const std::filesystem::path& folder, const std::string& id);

// Ids of the journals in the folder. Those whose process has died can be taken over: `take_over` holds the
// dead writer's lock while the caller settles from the journal and then removes it; Problem "file_locked"
// while its writer lives.
Result<std::vector<std::string>> list_journals(Disk& disk, const std::filesystem::path& folder);
Result<std::unique_ptr<FileLock>> take_over_journal(Disk& disk, const std::filesystem::path& folder,
                                                    const std::string& id);
// Only after every claim that names it has been settled and committed, and its accepted marks are in the
// ledger.
Result<Done> remove_journal(Disk& disk, const std::filesystem::path& folder, const std::string& id);

}  // namespace raadspost::post
