// DIAGNOSTICS: "journal_failed" from every mark after the first failure, "journal_foreign" when a file is no
// journal, "journal_damaged" inside a reading, the disk's own problems ("disk_full", "disk_failed") when a
// journal cannot be made.
#include "core/post/journal.hpp"

#include <openssl/rand.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "core/post/disk/checked_line.hpp"
#include "core/post/limits.hpp"
#include "core/shortened.hpp"

namespace raadspost::post {
namespace {

constexpr std::string_view title = "raadspost-journal 1";
constexpr std::string_view suffix = ".journal";

std::filesystem::path file_of(const std::filesystem::path& folder, const std::string& id) {
    return folder / (id + std::string{suffix});
}

// The lock lies beside the journal: it must outlive a rename or removal of the journal itself.
std::filesystem::path lock_of(const std::filesystem::path& folder, const std::string& id) {
    return folder / (id + ".lock");
}

bool is_journal_id(std::string_view id) {
    return !id.empty() && id.size() <= 32 &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
}

std::string body_of(const Mark& mark) {
    std::string body{static_cast<char>(mark.kind)};
    body += ' ' + std::to_string(mark.dispatch) + ' ' + std::to_string(mark.attempt);
    if (mark.kind == MarkKind::dot) return body;
    const auto beginning = [](const std::string& text, std::size_t most) {
        return as_word(shortened(text, most));
    };
    body += ' ' + std::to_string(mark.code) + ' ' + beginning(mark.enhanced, 16) + ' ' +
            beginning(mark.queue_id, 64) + ' ' + beginning(mark.text, 256);
    return body;
}

std::optional<Mark> mark_of(std::string_view body) {
    Mark mark;
    const std::string_view kind = take_word(body);
    if (kind.size() != 1 || std::string_view{"dart"}.find(kind[0]) == std::string_view::npos)
        return std::nullopt;
    mark.kind = static_cast<MarkKind>(kind[0]);
    if (!take_number(body, mark.dispatch) || !take_number(body, mark.attempt)) return std::nullopt;
    if (mark.kind == MarkKind::dot) return body.empty() ? std::optional{mark} : std::nullopt;
    if (!take_number(body, mark.code)) return std::nullopt;
    for (std::string* text : {&mark.enhanced, &mark.queue_id, &mark.text})
        if (!from_word(take_word(body), *text)) return std::nullopt;
    return body.empty() ? std::optional{mark} : std::nullopt;
}

}  // namespace

// Group commit: whoever needs its mark durable while nobody syncs becomes the one who syncs, for all that was
// appended until then; the others wait for it, and the first of those whose mark came too late goes next.
class Journal::Writer {
public:
    Writer(std::string id, std::unique_ptr<FileLock> lock, std::unique_ptr<File> file)
        : id_{std::move(id)}, lock_{std::move(lock)}, file_{std::move(file)} {}

    Result<Done> append(std::string_view body, bool durable) {
        std::unique_lock guard{mutex_};
        if (failure_) return refusal();
        const std::string line = checked_line(body, chain_);
        if (Result<Done> appended = file_->append(line); !appended) return fail(appended.problem());
        appended_ += line.size();
        if (!durable) return Done{};
        return await(guard, appended_);
    }

    Result<Done> sync() {
        std::unique_lock guard{mutex_};
        if (failure_) return refusal();
        return await(guard, appended_);
    }

    const std::string& id() const { return id_; }
    std::optional<Problem> failure() const {
        const std::lock_guard guard{mutex_};
        return failure_;
    }
    std::uint64_t bytes() const {
        const std::lock_guard guard{mutex_};
        return appended_;
    }
    std::uint64_t syncs() const {
        const std::lock_guard guard{mutex_};
        return syncs_;
    }

private:
    Result<Done> await(std::unique_lock<std::mutex>& guard, std::uint64_t wanted) {
        while (durable_ < wanted && !failure_) {
            if (syncing_) {
                synced_.wait(guard);
                continue;
            }
            syncing_ = true;
            const std::uint64_t covered = appended_;
            guard.unlock();
            Result<Done> done = file_->sync();
            guard.lock();
            syncing_ = false;
            ++syncs_;
            if (done) {
                durable_ = covered;
            } else {
                failure_ = done.problem();
            }
            synced_.notify_all();
        }
        // A mark that an earlier sync had covered stays good, even if the journal failed while we waited.
        if (durable_ >= wanted) return Done{};
        return refusal();
    }

    Problem fail(const Problem& problem) {
        failure_ = problem;
        synced_.notify_all();
        return refusal();
    }

    Problem refusal() const {
        return Problem{"journal_failed", failure_->place, failure_->found,
                       "The sending journal cannot be written, so nothing is sent: " + failure_->text};
    }

    std::string id_;
    std::unique_ptr<FileLock> lock_;
    std::unique_ptr<File> file_;  // append under mutex_; sync by whoever set syncing_

    mutable std::mutex mutex_;  // guards all below
    std::condition_variable synced_;
    Chain chain_ = 0;
    std::uint64_t appended_ = 0;
    std::uint64_t durable_ = 0;
    std::uint64_t syncs_ = 0;
    bool syncing_ = false;
    std::optional<Problem> failure_;
};

Journal::Journal(std::unique_ptr<Writer> writer) : writer_{std::move(writer)} {}
Journal::~Journal() = default;
const std::string& Journal::id() const {
    return writer_->id();
}
std::optional<Problem> Journal::failure() const {
    return writer_->failure();
}
std::uint64_t Journal::bytes() const {
    return writer_->bytes();
}
std::uint64_t Journal::syncs() const {
    return writer_->syncs();
}
Result<Done> Journal::sync() {
    return writer_->sync();
}

Result<std::unique_ptr<Journal>> Journal::create(Disk& disk, const std::filesystem::path& folder,
                                                 std::string id) {
    if (!is_journal_id(id)) throw std::invalid_argument{"a journal's id is of lower-case letters and digits"};
    Result<std::unique_ptr<FileLock>> lock = disk.lock(lock_of(folder, id), false);
    if (!lock) return lock.problem();
    Result<std::unique_ptr<File>> file = disk.create(file_of(folder, id));
    if (!file) return file.problem();
    auto writer = std::make_unique<Writer>(id, std::move(*lock), std::move(*file));
    Result<Done> begun = writer->append(std::string{title} + ' ' + id, true);
    if (!begun) return begun.problem();
    return std::unique_ptr<Journal>{new Journal{std::move(writer)}};
}

Result<Done> Journal::mark_dot(std::int64_t dispatch, int attempt) {
    return writer_->append(body_of(Mark{MarkKind::dot, dispatch, attempt, 0, {}, {}, {}}), true);
}

Result<Done> Journal::mark_reply(std::int64_t dispatch, int attempt, const Submission& submission) {
    if (submission.outcome == Outcome::uncertain || submission.stage != Stage::dot) return Done{};
    const MarkKind kind = submission.outcome == Outcome::accepted  ? MarkKind::accepted
                          : submission.outcome == Outcome::refused ? MarkKind::refused
                                                                   : MarkKind::deferred;
    return writer_->append(body_of(Mark{kind, dispatch, attempt, submission.code, submission.enhanced,
                                        submission.queue_id, submission.text}),
                           false);
}

std::string new_journal_id() {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz012345";
    unsigned char random[16];
    if (RAND_bytes(random, sizeof random) != 1) throw std::runtime_error{"no random numbers can be had"};
    std::string id;
    for (const unsigned char byte : random) id += letters[byte & 31];
    return id;
}

Result<JournalReading> read_journal(Disk& disk, const std::filesystem::path& folder, const std::string& id) {
    const std::filesystem::path path = file_of(folder, id);
    // Some room above the size at which a writer rotates: every open connection may still add its marks.
    const Result<std::string> bytes = disk.read(path, 0, 2 * limits::journal_bytes);
    if (!bytes) return bytes.problem();
    JournalReading reading;
    reading.id = id;
    // What was reserved and not yet written (Disk::create) is no part of the journal.
    std::string_view rest{bytes->data(), bytes->find_last_not_of('\0') + 1};
    std::string_view body;
    Chain chain = 0;
    const auto damaged = [&](std::size_t line) {
        reading.damage = Problem{"journal_damaged",
                                 path.string() + ", line " + std::to_string(line),
                                 {},
                                 "The sending journal is spoilt; what it says of later messages is lost."};
    };
    for (std::size_t line = 1;; ++line) {
        switch (take_line(rest, body, chain)) {
            case LineFound::end:
                return reading;
            case LineFound::unfinished:
                reading.torn_tail = true;
                return reading;
            case LineFound::spoilt:
                damaged(line);
                return reading;
            case LineFound::good:
                break;
        }
        if (line == 1) {
            if (body != std::string{title} + ' ' + id)
                return Problem{
                    "journal_foreign", path.string(), {}, path.string() + " is not the journal " + id + "."};
            continue;
        }
        const std::optional<Mark> mark = mark_of(body);
        if (!mark) {
            damaged(line);
            return reading;
        }
        reading.last[mark->dispatch] = *mark;
    }
}

Result<std::vector<std::string>> list_journals(Disk& disk, const std::filesystem::path& folder) {
    Result<std::vector<std::string>> names = disk.list(folder);
    if (!names) return names;
    std::vector<std::string> ids;
    for (const std::string& name : *names)
        if (name.ends_with(suffix) && is_journal_id(name.substr(0, name.size() - suffix.size())))
            ids.push_back(name.substr(0, name.size() - suffix.size()));
    return ids;
}

Result<std::unique_ptr<FileLock>> take_over_journal(Disk& disk, const std::filesystem::path& folder,
                                                    const std::string& id) {
    return disk.lock(lock_of(folder, id), false);
}

Result<Done> remove_journal(Disk& disk, const std::filesystem::path& folder, const std::string& id) {
    // Two heirs of a dead sender may both come here; what is gone is gone.
    for (const auto& path : {file_of(folder, id), lock_of(folder, id)})
        if (Result<Done> removed = disk.remove(path); !removed && removed.problem().id != "file_missing")
            return removed;
    return Done{};
}

}  // namespace raadspost::post
