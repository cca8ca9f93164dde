// DIAGNOSTICS: "ledger_damaged" (a spoilt line: sending must stop), "ledger_failed" (this process could not
// write once, and does not try again), the disk's own problems.
#include "core/post/ledger.hpp"

#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <unordered_map>

#include "core/post/disk/checked_line.hpp"
#include "core/post/limits.hpp"

namespace raadspost::post {
namespace {

constexpr std::string_view title = "raadspost-ledger 1";
constexpr char forgotten = 'f';

using Hash = std::array<unsigned char, 16>;

struct FirstBytes {
    std::size_t operator()(const Hash& hash) const {
        std::size_t value = 0;
        std::memcpy(&value, hash.data(), sizeof value);
        return value;
    }
};

std::string hex(std::span<const unsigned char> bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

Hash hash_of(const DispatchKey& key) {
    // The length stands in front, so that no two keys can run into each other.
    const std::string text =
        std::to_string(key.natural_key.size()) + ' ' + key.natural_key + ' ' + std::to_string(key.occurrence);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> full{};
    ::SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), full.data());
    Hash hash{};
    std::copy_n(full.begin(), hash.size(), hash.begin());
    return hash;
}

std::string entry_body(std::uint64_t number, std::chrono::sys_seconds when, char kind, const Hash& hash) {
    return std::to_string(number) + ' ' + std::to_string(when.time_since_epoch().count()) + ' ' + kind + ' ' +
           hex(hash);
}

}  // namespace

class Ledger::Book {
public:
    Book(Disk& disk, const std::filesystem::path& folder)
        : disk_{disk}, path_{folder / "ledger"}, lock_path_{folder / "ledger.lock"} {}

    Result<Done> open() {
        const Result<std::unique_ptr<FileLock>> lock = disk_.lock(lock_path_, true);
        if (!lock) return lock.problem();
        const Result<FileStamp> stamp = disk_.stamp(path_);
        if (!stamp && stamp.problem().id != "file_missing") return stamp.problem();
        if (!stamp) {
            unsigned char random[8];
            if (RAND_bytes(random, sizeof random) != 1)
                throw std::runtime_error{"no random numbers can be had"};
            id_ = hex(random);
            return rewrite();
        }
        return refresh();
    }

    // Reads what others have appended; all of it, if the file was replaced.
    Result<Done> refresh() {
        const Result<FileStamp> stamp = disk_.stamp(path_);
        if (!stamp) return stamp.problem();
        if (stamp->inode != inode_ || stamp->bytes < offset_) start_over(stamp->inode);
        if (stamp->bytes == offset_) return moved(0);
        const Result<std::string> bytes = disk_.read(path_, offset_, limits::ledger_bytes);
        if (!bytes) return bytes.problem();
        std::string_view rest = *bytes;
        std::string_view body;
        torn_ = false;
        for (;;) {
            switch (take_line(rest, body, chain_)) {
                case LineFound::end:
                    return moved(bytes->size());
                case LineFound::unfinished:
                    torn_ = true;
                    return moved(bytes->size() - rest.size());
                case LineFound::spoilt:
                    return damaged();
                case LineFound::good:
                    break;
            }
            if (!take(body)) return damaged();
        }
    }

    Result<std::uint64_t> append(std::span<const Posting> postings, std::chrono::sys_seconds now) {
        const Result<Done> done = under_lock([&](std::string& lines, Chain& chain, std::uint64_t& number) {
            std::unordered_map<Hash, Posted, FirstBytes> added;
            for (const Posting& posting : postings) {
                const Hash hash = hash_of(posting.key);
                const auto known = entries_.find(hash);
                const auto twice = added.find(hash);
                const auto enough = [&](Posted posted) {
                    return posted == Posted::accepted || posted == posting.posted;
                };
                if (known != entries_.end() && enough(known->second.posted)) continue;
                if (twice != added.end() && enough(twice->second)) continue;
                added[hash] = posting.posted;
                lines +=
                    checked_line(entry_body(++number, now, static_cast<char>(posting.posted), hash), chain);
            }
        });
        if (!done) return done.problem();
        return last_number_;
    }

    Result<Done> forget_uncertain(const DispatchKey& key) {
        const Hash hash = hash_of(key);
        return under_lock([&](std::string& lines, Chain& chain, std::uint64_t& number) {
            const auto known = entries_.find(hash);
            if (known == entries_.end() || known->second.posted != Posted::uncertain) return;
            lines += checked_line(entry_body(++number, known->second.when, forgotten, hash), chain);
        });
    }

    Result<Done> raise_to(std::uint64_t number) {
        const Result<std::unique_ptr<FileLock>> lock = disk_.lock(lock_path_, true);
        if (!lock) return lock.problem();
        if (Result<Done> fresh = refresh(); !fresh) return fresh;
        if (number <= last_number_) return Done{};
        last_number_ = number;
        return rewrite();
    }

    Result<std::size_t> compact(std::chrono::sys_seconds now) {
        const Result<std::unique_ptr<FileLock>> lock = disk_.lock(lock_path_, true);
        if (!lock) return lock.problem();
        if (Result<Done> fresh = refresh(); !fresh) return fresh.problem();
        const std::size_t dropped = std::erase_if(
            entries_, [&](const auto& entry) { return entry.second.when + ledger_keeps < now; });
        if (dropped == 0) return dropped;
        if (Result<Done> written = rewrite(); !written) return written.problem();
        return dropped;
    }

    std::optional<LedgerEntry> find(const DispatchKey& key) const {
        const auto known = entries_.find(hash_of(key));
        return known == entries_.end() ? std::nullopt : std::optional{known->second};
    }

    const std::string& id() const { return id_; }
    std::uint64_t last_number() const { return last_number_; }
    const std::optional<Problem>& failure() const { return failure_; }

private:
    // Lets `write` add lines that continue chain and number, and makes them durable.
    template <class Write>
    Result<Done> under_lock(const Write& write) {
        if (failure_) return *failure_;
        const Result<std::unique_ptr<FileLock>> lock = disk_.lock(lock_path_, true);
        if (!lock) return lock.problem();
        if (Result<Done> fresh = refresh(); !fresh) return fresh;
        // Nobody else is writing now: what is unfinished is what a crash left, and must not stay in the
        // middle.
        if (torn_)
            if (Result<Done> mended = rewrite(); !mended) return mended;
        std::string lines;
        Chain chain = chain_;
        std::uint64_t number = last_number_;
        write(lines, chain, number);
        if (lines.empty()) return Done{};
        Result<std::unique_ptr<File>> file = disk_.open_to_append(path_);
        if (!file) return file.problem();
        Result<Done> done = (*file)->append(lines);
        if (done) done = (*file)->sync();
        if (!done) {
            failure_ =
                Problem{"ledger_failed", done.problem().place, done.problem().found,
                        "The sending ledger cannot be written, so nothing is sent: " + done.problem().text};
            return *failure_;
        }
        return refresh();
    }

    // The whole ledger anew, in the order of its numbers.
    Result<Done> rewrite() {
        std::vector<std::pair<Hash, LedgerEntry>> sorted{entries_.begin(), entries_.end()};
        std::ranges::sort(sorted, {}, [](const auto& entry) { return entry.second.number; });
        Chain chain = 0;
        std::string text =
            checked_line(std::string{title} + ' ' + id_ + ' ' + std::to_string(last_number_), chain);
        for (const auto& [hash, entry] : sorted)
            text += checked_line(entry_body(entry.number, entry.when, static_cast<char>(entry.posted), hash),
                                 chain);
        if (Result<Done> replaced = disk_.replace(path_, text); !replaced) return replaced;
        inode_ = 0;
        return refresh();
    }

    bool take(std::string_view body) {
        if (id_of_file_.empty()) {
            if (!body.starts_with(title) || body.size() <= title.size()) return false;
            body.remove_prefix(title.size() + 1);
            id_of_file_ = take_word(body);
            if (id_of_file_.empty() || !take_number(body, last_number_)) return false;
            id_ = id_of_file_;
            return body.empty();
        }
        LedgerEntry entry;
        std::int64_t when = 0;
        if (!take_number(body, entry.number) || !take_number(body, when)) return false;
        entry.when = std::chrono::sys_seconds{std::chrono::seconds{when}};
        const std::string_view kind = take_word(body);
        Hash hash{};
        if (kind.size() != 1 || body.size() != 2 * hash.size()) return false;
        for (std::size_t i = 0; i < hash.size(); ++i) {
            std::string_view digits = body.substr(2 * i, 2);
            if (!take_number(digits, hash[i], 16)) return false;
        }
        last_number_ = std::max(last_number_, entry.number);
        if (kind[0] == forgotten) {
            entries_.erase(hash);
            return true;
        }
        if (kind[0] != static_cast<char>(Posted::accepted) && kind[0] != static_cast<char>(Posted::uncertain))
            return false;
        entry.posted = static_cast<Posted>(kind[0]);
        entries_[hash] = entry;
        return true;
    }

    void start_over(std::uint64_t inode) {
        entries_.clear();
        id_of_file_.clear();
        chain_ = 0;
        offset_ = 0;
        last_number_ = 0;
        inode_ = inode;
    }

    Result<Done> moved(std::size_t bytes) {
        offset_ += bytes;
        if (id_of_file_.empty()) return damaged();
        return Done{};
    }

    Result<Done> damaged() {
        inode_ = 0;  // read from the start next time, when somebody may have put a good copy back
        return Problem{
            "ledger_damaged",
            path_.string(),
            {},
            "The sending ledger " + path_.string() +
                " is spoilt. Nothing is sent until it is put back from a copy, as it says what went out."};
    }

    Disk& disk_;
    std::filesystem::path path_;
    std::filesystem::path lock_path_;
    std::string id_;
    std::string id_of_file_;  // empty until the first line was read
    std::unordered_map<Hash, LedgerEntry, FirstBytes> entries_;
    Chain chain_ = 0;
    std::uint64_t offset_ = 0;
    std::uint64_t inode_ = 0;
    std::uint64_t last_number_ = 0;
    bool torn_ = false;
    std::optional<Problem> failure_;
};

Ledger::Ledger(std::unique_ptr<Book> book) : book_{std::move(book)} {}
Ledger::~Ledger() = default;
const std::string& Ledger::id() const {
    return book_->id();
}
std::uint64_t Ledger::last_number() const {
    return book_->last_number();
}

std::optional<Problem> Ledger::failure() const {
    return book_->failure();
}

Result<std::unique_ptr<Ledger>> Ledger::open(Disk& disk, const std::filesystem::path& folder) {
    auto book = std::make_unique<Book>(disk, folder);
    if (Result<Done> opened = book->open(); !opened) return opened.problem();
    return std::unique_ptr<Ledger>{new Ledger{std::move(book)}};
}

Result<std::uint64_t> Ledger::append(std::span<const Posting> postings, std::chrono::sys_seconds now) {
    return book_->append(postings, now);
}

Result<std::vector<std::optional<LedgerEntry>>> Ledger::find(std::span<const DispatchKey> keys) {
    if (Result<Done> fresh = book_->refresh(); !fresh) return fresh.problem();
    std::vector<std::optional<LedgerEntry>> found;
    for (const DispatchKey& key : keys) found.push_back(book_->find(key));
    return found;
}

Result<Done> Ledger::forget_uncertain(const DispatchKey& key) {
    return book_->forget_uncertain(key);
}
Result<Done> Ledger::raise_to(std::uint64_t number) {
    return book_->raise_to(number);
}
Result<std::size_t> Ledger::compact(std::chrono::sys_seconds now) {
    return book_->compact(now);
}

}  // namespace raadspost::post
