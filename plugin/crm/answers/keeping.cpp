#include "crm/answers/keeping.hpp"

#include "core/answer/canonical.hpp"
#include "core/post/crash_point.hpp"
#include "core/post/frozen.hpp"
#include "crm/moment.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace raadspost::crm {

using namespace tryton;

namespace {

struct Item {
    const intake::Arrival* arrival = nullptr;
    std::string canonical_hash, bytes_hash;
    std::string file;  // empty: its bytes are kept already, or cannot be had
};

Item item_of(Id source, std::uint32_t uid_validity, const intake::Arrival& arrival) {
    Item item{&arrival, {}, post::sha256_hex(arrival.bytes), {}};
    if (arrival.trouble)  // it has no content that could be compared
        item.canonical_hash =
            post::sha256_hex("not to be had: " + std::to_string(source) + '/' + std::to_string(uid_validity) +
                             '/' + std::to_string(arrival.uid));
    else if (arrival.size > arrival.bytes.size())  // the beginning of one of that size
        item.canonical_hash = post::sha256_hex(std::to_string(arrival.size) + '\n' + item.bytes_hash);
    else
        item.canonical_hash = answer::canonical_hash(arrival.bytes);
    return item;
}

std::set<std::string> known_of(const std::vector<Item>& items) {
    List hashes;
    for (const Item& item : items) hashes.emplace_back(item.canonical_hash);
    std::set<std::string> known;
    reading_the_latest([&] {
        for (const auto& [hash] : Rows<std::string>{
                 "select canonical_hash from raadspost_message where canonical_hash in {}", hashes})
            known.insert(hash);
    });
    return known;
}

Result<Done> write_bytes(const std::filesystem::path& folder, std::vector<Item>& items,
                         std::set<std::string> known) {
    post::FrozenPack pack{folder, std::chrono::floor<std::chrono::days>(now())};
    for (Item& item : items) {
        if (item.arrival->trouble || !known.insert(item.canonical_hash).second) continue;
        auto name = pack.add(item.arrival->bytes);
        if (!name)
            return Problem{"received_not_written",
                           {},
                           name.problem().found,
                           "Received mail could not be kept: " + name.problem().found + "."};
        item.file = *std::move(name);
    }
    if (const auto synced = pack.sync(); !synced)
        return Problem{"received_not_written",
                       {},
                       synced.problem().found,
                       "Received mail could not be kept: " + synced.problem().found + "."};
    return Done{};
}

std::optional<std::string> trouble_of(const intake::Arrival& arrival) {
    if (arrival.trouble) return arrival.trouble->id;
    if (arrival.size > arrival.bytes.size()) return "message_too_large";
    return std::nullopt;
}

// The id of the message with that content; whether it was made now.
std::pair<Id, bool> row_of(const Item& item) {
    const intake::Arrival& arrival = *item.arrival;
    bool made = false;
    if (!item.file.empty() || arrival.trouble) {
        const DateTime time = now(), arrived = arrival.arrived;
        const auto bytes_hash = item.file.empty() ? std::nullopt : std::optional{item.bytes_hash};
        const auto file = item.file.empty() ? std::nullopt : std::optional{item.file};
        constexpr std::uint64_t most = 0x7fffffff;  // of the column
        made = execute(
                   "insert into raadspost_message (create_date, create_uid, canonical_hash, received_at, "
                   "bytes_file, "
                   "bytes_hash, size, state, trust, flagged_same_id, trouble) values ({}, 0, {}, {}, {}, {}, "
                   "{}, "
                   "'unread', 'unknown', {}, {}) on conflict do nothing",
                   time, item.canonical_hash, arrived, file, bytes_hash,
                   static_cast<std::int64_t>(std::min(arrival.size, most)), false, trouble_of(arrival)) == 1;
    }
    const Rows<Id> row{"select id from raadspost_message where canonical_hash = {}", item.canonical_hash};
    return {row.empty() ? 0 : std::get<0>(row.front()), made};
}

}  // namespace

std::filesystem::path received_folder() {
    return Filestore::of_current_database("raadspost-received-" + database_name()).directory;
}

Result<Kept> keep_batch(Id source, const std::string& reader, const intake::Batch& batch) {
    std::vector<Item> items = without_gil([&] {
        std::vector<Item> made;
        for (const intake::Arrival& arrival : batch.arrivals)
            made.push_back(item_of(source, batch.uid_validity, arrival));
        return made;
    });
    if (!items.empty()) {
        auto known = known_of(items);
        const auto folder = received_folder();
        post::crash_point("intake_before_bytes");
        const auto written = without_gil([&] { return write_bytes(folder, items, std::move(known)); });
        if (!written) return written.problem();
        post::crash_point("intake_after_bytes");
    }
    Kept kept;
    in_short_transaction([&] {
        kept = {};
        for (const Item& item : items) {
            const auto [message, made] = row_of(item);
            // Known a moment ago and deleted since, by whom ever: the next reading has it.
            if (message == 0) throw std::runtime_error{"a message vanished while it was kept"};
            ++(made ? kept.messages : kept.known);
            const intake::Arrival& arrival = *item.arrival;
            const bool by_path = !arrival.path.empty();
            execute(
                "insert into raadspost_message_origin (create_date, create_uid, message, source, "
                "uid_validity, uid, "
                "path, seen_at) values ({}, 0, {}, {}, {}, {}, {}, {}) on conflict do nothing",
                now(), message, source, by_path ? Value{} : Value{batch.uid_validity},
                by_path ? Value{} : Value{arrival.uid}, by_path ? Value{arrival.path} : Value{}, now());
            post::crash_point("intake_within_commit");
        }
        if (batch.uid_validity != 0)
            execute(
                "update raadspost_mail_source set uid_validity = {}, last_uid = {} where id = {} and reader "
                "= {}",
                batch.uid_validity, batch.up_to, source, reader);
    });
    post::crash_point("intake_after_commit");
    return kept;
}

}  // namespace raadspost::crm
