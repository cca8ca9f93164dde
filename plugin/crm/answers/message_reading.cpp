#include "crm/answers/message_reading.hpp"

#include "core/answer/limits.hpp"
#include "core/intake/alarm.hpp"
#include "core/post/crash_point.hpp"
#include "core/post/frozen.hpp"
#include "crm/answers/keeping.hpp"
#include "crm/answers/reader_name.hpp"
#include "crm/moment.hpp"
#include "crm/sending/process_end.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <cinttypes>
#include <cstdio>
#include <deque>

namespace raadspost::crm {

using namespace tryton;

namespace {

using Maybe = std::optional<std::string>;

// Marks of readers that died in the middle of a message.
void look_after_the_dead() {
    Ids stopped;
    for (const auto& [id, reader, since] :
         Rows<Id, std::string, DateTime>{"select id, reading, reading_since from raadspost_message where "
                                         "state = 'unread' and reading is not null"})
        if (is_dead(reader, since, now())) stopped.push_back(id);
    for (const Id id : stopped) {
        in_short_transaction([&] { leave_unread(id, "message_stopped_reader"); });
        log(Level::error, "message " + std::to_string(id) + " stopped a reader; it is left unread");
    }
}

struct Waiting {
    Id id = 0;
    Maybe file, hash;
};

std::deque<Waiting> waiting_messages(std::size_t most) {
    std::deque<Waiting> waiting;
    for (auto& [id, file, hash] :
         Rows<Id, Maybe, Maybe>{"select id, bytes_file, bytes_hash from raadspost_message where state = "
                                "'unread' and trouble is null "
                                "and reading is null order by id limit {}",
                                static_cast<std::int64_t>(most)})
        waiting.push_back({id, file, hash});
    return waiting;
}

// The first of them that nobody else has taken meanwhile bears our mark then; those before it are dropped.
bool mark_next(std::deque<Waiting>& waiting, const std::string& reader) {
    for (; !waiting.empty(); waiting.pop_front())
        if (execute("update raadspost_message set reading = {}, reading_since = {} where id = {} and state = "
                    "'unread' and "
                    "trouble is null and reading is null",
                    reader, now(), waiting.front().id) == 1)
            return true;
    return false;
}

// A thread cannot be ended, so the process is: its mark stays on the message, and the next start sets it
// aside.
[[noreturn]] void give_up_on(std::int64_t message) {
    std::fprintf(stderr,
                 "raadspost: message %" PRId64
                 " keeps its reader busy without end; this process ends, and the message is left unread\n",
                 message);
    end_this_process();
}

}  // namespace

void leave_unread(Id message, const std::string& trouble) {
    execute(
        "update raadspost_message set trouble = {}, reading = null, reading_since = null, write_date = {} "
        "where id = "
        "{} and state = 'unread'",
        trouble, now(), message);
}

void read_again(const Ids& messages) {
    execute(
        "update raadspost_message set trouble = null, reading = null, reading_since = null, write_date = {} "
        "where "
        "state = 'unread' and trouble is not null and trouble <> 'message_too_large' and bytes_file is not "
        "null and "
        "id in {}",
        now(), messages);
    forget_cached("raadspost.message", messages);
}

ReadCounts read_messages(const ReadMessage& read, const std::string& reader, const std::atomic<bool>& halt,
                         std::size_t most) {
    ReadCounts counts;
    look_after_the_dead();
    auto waiting = waiting_messages(most);
    if (waiting.empty()) return counts;
    const auto folder = received_folder();
    intake::Alarm alarm{answer::limits::reading_time, give_up_on};
    bool marked = false;
    in_short_transaction([&] {
        auto rest = waiting;
        marked = mark_next(rest, reader);
        waiting = std::move(rest);
    });
    while (marked) {
        const Waiting present = waiting.front();
        waiting.pop_front();
        post::crash_point("intake_before_reading");
        std::string trouble;
        WriteFindings write;
        without_gil([&] {
            const auto bytes = post::thaw(folder, present.file.value_or(""), present.hash.value_or(""));
            if (!bytes) {
                trouble = "message_bytes_gone";
                return;
            }
            alarm.begin(present.id);
            post::hang_on(*bytes);
            write = read(present.id, *bytes);
            alarm.end();
        });
        post::crash_point("intake_after_reading");
        std::deque<Waiting> next;
        // What was found, and the mark that moves on to the next one: one commit a message.
        const auto settle = [&] {
            auto rest = waiting;
            if (write && trouble.empty()) {
                write(present.id);
                execute(
                    "update raadspost_message set reading = null, reading_since = null, write_date = {} "
                    "where id = {}",
                    now(), present.id);
            } else {
                leave_unread(present.id, trouble);
            }
            marked = !halt && mark_next(rest, reader);
            next = std::move(rest);
            post::crash_point("intake_before_findings");
        };
        try {
            in_short_transaction(settle);
        } catch (const std::exception& error) {
            if (!write || !trouble.empty()) throw;
            // What was found does not go into the database: the message's fault, not the next one's.
            log(Level::error,
                "message " + std::to_string(present.id) + " could not be written: " + error.what());
            trouble = "message_not_written";
            in_short_transaction(settle);
        }
        waiting = std::move(next);
        post::crash_point("intake_after_findings");
        trouble.empty() ? ++counts.read : ++counts.left;
    }
    return counts;
}

}  // namespace raadspost::crm
