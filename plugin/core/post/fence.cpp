// DIAGNOSTICS: check() has no failure of its own: what cannot be read is a shut fence. Writing gives the
// disk's problems, "fence_facts_missing" for an arming without name, reason or database id,
// "fence_unreadable" for a file that is spoilt.
#include "core/post/fence.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/post/disk/checked_line.hpp"

namespace raadspost::post {
namespace {

constexpr std::string_view title = "raadspost-fence 1";
constexpr std::size_t file_bytes = 65536;
constexpr std::size_t armings_kept = 50;

bool is_id(std::string_view id) {
    return !id.empty() && id.size() <= 64 &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
               std::string_view::npos;
}

}  // namespace

struct Fence::Post {
    struct Arming {
        std::string who;
        std::string reason;
        std::string when;  // seconds since 1970
    };

    bool armed = false;
    std::string database;
    std::string place;
    std::string ledger;
    std::uint64_t number = 0;
    std::vector<Arming> armings;  // oldest first

    std::string text() const {
        Chain chain = 0;
        std::string text = checked_line(title, chain);
        const auto line = [&](std::string_view key, const std::string& value) {
            text += checked_line(std::string{key} + ' ' + as_word(value), chain);
        };
        line("armed", armed ? "yes" : "no");
        line("database", database);
        line("place", place);
        line("ledger", ledger);
        line("number", std::to_string(number));
        for (const Arming& one : armings) {
            line("by", one.who);
            line("reason", one.reason);
            line("at", one.when);
        }
        return text + checked_line("end", chain);
    }

    static std::optional<Post> parse(std::string_view bytes) {
        Post post;
        Chain chain = 0;
        std::string_view body;
        if (take_line(bytes, body, chain) != LineFound::good || body != title) return std::nullopt;
        while (take_line(bytes, body, chain) == LineFound::good) {
            if (body == "end") return bytes.empty() ? std::optional{post} : std::nullopt;
            const std::size_t space = body.find(' ');
            if (space == std::string_view::npos) return std::nullopt;
            const std::string_view key = body.substr(0, space);
            std::string value;
            if (!from_word(body.substr(space + 1), value)) return std::nullopt;
            if (key == "by") post.armings.emplace_back();
            if ((key == "by" || key == "reason" || key == "at") && post.armings.empty()) return std::nullopt;
            if (key == "armed")
                post.armed = value == "yes";
            else if (key == "database")
                post.database = value;
            else if (key == "place")
                post.place = value;
            else if (key == "ledger")
                post.ledger = value;
            else if (key == "by")
                post.armings.back().who = value;
            else if (key == "reason")
                post.armings.back().reason = value;
            else if (key == "at")
                post.armings.back().when = value;
            else if (key != "number")
                return std::nullopt;
            else if (std::from_chars(value.data(), value.data() + value.size(), post.number).ec !=
                     std::errc{})
                return std::nullopt;
        }
        return std::nullopt;
    }
};

std::string_view name(Shut reason) {
    switch (reason) {
        case Shut::never_armed:
            return "never_armed";
        case Shut::unreadable:
            return "unreadable";
        case Shut::other_database:
            return "other_database";
        case Shut::other_place:
            return "other_place";
        case Shut::other_ledger:
            return "other_ledger";
        case Shut::set_back:
            return "set_back";
        case Shut::ledger_behind:
            return "ledger_behind";
    }
    return {};
}

std::filesystem::path Fence::file(const std::string& database_id) const {
    return folder_ / ("fence-" + database_id);
}

Result<Fence::Post> Fence::read(const std::string& database_id) const {
    if (!is_id(database_id))
        return Problem{
            "fence_facts_missing", {}, database_id, "The database has no id; set up the module anew."};
    const Result<std::string> bytes = disk_.read(file(database_id), 0, file_bytes);
    if (!bytes) return bytes.problem();
    if (std::optional<Post> post = Post::parse(*bytes)) return *std::move(post);
    return Problem{"fence_unreadable",
                   file(database_id).string(),
                   {},
                   "The fence file " + file(database_id).string() +
                       " is spoilt; an administrator must arm sending anew."};
}

Result<Done> Fence::write(const Post& post) const {
    return disk_.replace(file(post.database), post.text());
}

FenceState Fence::check(const DatabaseFacts& database, const LedgerFacts& ledger) const {
    return check(
        database.id, [&] { return database; }, [&] { return ledger; });
}

FenceState Fence::check(const std::string& database_id, const std::function<DatabaseFacts()>& ask_database,
                        const std::function<LedgerFacts()>& ask_ledger) const {
    FenceState state;
    const auto shut = [&](Shut reason, std::string explanation) {
        state.shut = reason;
        state.explanation = std::move(explanation);
        return state;
    };
    const Result<Post> post = read(database_id);
    const DatabaseFacts database = ask_database();
    const LedgerFacts ledger = ask_ledger();
    if (!post && post.problem().id == "file_missing")
        return shut(Shut::never_armed, "Sending was never armed on this machine for this database.");
    if (!post) return shut(Shut::unreadable, post.problem().text);
    if (!post->armings.empty()) {
        state.armed_by = post->armings.back().who;
        state.reason = post->armings.back().reason;
    }
    if (!post->armed) return shut(Shut::never_armed, "Sending is not armed.");
    if (post->database != database.id)
        return shut(Shut::other_database, "The fence was armed for another database.");
    if (post->place != database.place)
        return shut(Shut::other_place, "The database lay at " + post->place + " and lies at " +
                                           database.place + " now: it may be a copy.");
    if (post->ledger != ledger.id)
        return shut(Shut::other_ledger,
                    "The ledger beside the key ring is another one than when sending was armed.");
    const auto numbers = "database " + std::to_string(database.number) + ", fence " +
                         std::to_string(post->number) + ", ledger " + std::to_string(ledger.last_number);
    if (database.number < post->number)
        return shut(Shut::set_back, "The database is older than what was sent from here (" + numbers + ").");
    if (database.number > ledger.last_number)
        return shut(Shut::ledger_behind, "The ledger is older than the database (" + numbers + ").");
    return state;
}

Result<Done> Fence::arm(const DatabaseFacts& database, const LedgerFacts& ledger, const std::string& who,
                        const std::string& reason, std::chrono::sys_seconds now) {
    if (who.empty() || reason.empty() || ledger.id.empty())
        return Problem{"fence_facts_missing", {}, {}, "Arming needs a name, a reason and a ledger."};
    const Result<std::unique_ptr<FileLock>> lock = disk_.lock(folder_ / "fence.lock", true);
    if (!lock) return lock.problem();
    Result<Post> before = read(database.id);
    if (!before && before.problem().id == "fence_facts_missing") return before.problem();
    Post post = before ? *before : Post{};
    post.armed = true;
    post.database = database.id;
    post.place = database.place;
    post.ledger = ledger.id;
    post.number = database.number;
    post.armings.push_back({who, reason, std::to_string(now.time_since_epoch().count())});
    if (post.armings.size() > armings_kept) post.armings.erase(post.armings.begin());
    return write(post);
}

Result<Done> Fence::advance(const std::string& database_id, std::uint64_t number) {
    const Result<std::unique_ptr<FileLock>> lock = disk_.lock(folder_ / "fence.lock", true);
    if (!lock) return lock.problem();
    Result<Post> post = read(database_id);
    if (!post) return post.problem();
    if (number <= post->number) return Done{};
    post->number = number;
    return write(*post);
}

Result<Done> Fence::disarm(const std::string& database_id) {
    const Result<std::unique_ptr<FileLock>> lock = disk_.lock(folder_ / "fence.lock", true);
    if (!lock) return lock.problem();
    Result<Post> post = read(database_id);
    if (!post) return post.problem();
    post->armed = false;
    return write(*post);
}

}  // namespace raadspost::post
