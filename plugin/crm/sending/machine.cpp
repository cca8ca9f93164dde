#include "crm/sending/machine.hpp"

#include "core/link/key_ring.hpp"
#include "crm/entities.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <Poco/URI.h>

#include <unistd.h>
#include <chrono>

namespace raadspost::crm {

using namespace tryton;

namespace {

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// Where the database lies, without any password: a copy elsewhere has another place.
std::string place() {
    const std::string uri = configured("database", "uri").value_or("");
    if (engine() == Engine::sqlite) {
        std::error_code error;
        const auto folder =
            std::filesystem::weakly_canonical(configured("database", "path").value_or("."), error);
        return (folder / (database_name() + ".sqlite")).string();
    }
    const Poco::URI parsed{uri};
    return parsed.getHost() + ':' + std::to_string(parsed.getPort()) + '/' + database_name();
}

Problem unsafe(const std::string& id, const std::string& found, const std::string& text) {
    return {.id = id, .place = "database", .found = found, .text = text};
}

}  // namespace

Machine::Machine(std::filesystem::path folder)
    : folder_{std::move(folder)}, host_{own_name()}, fence_{post::real_disk(), folder_} {}

std::string Machine::own_name() {
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 && name[0] != '\0' ? name : "localhost";
}

Result<Machine> Machine::open() {
    const auto keys = configured("raadspost", "keys");
    if (!keys)
        return Problem{"machine_folder", "[raadspost] keys", "",
                       "trytond.conf names no key ring: set keys = <file> in the section [raadspost]."};
    const std::filesystem::path folder = std::filesystem::path{*keys}.parent_path() / database_name();
    auto& disk = post::real_disk();
    if (const auto made = disk.make_folder(std::filesystem::path{*keys}.parent_path()); !made)
        return made.problem();
    if (const auto ring = link::KeyRing::load_or_create(*keys, now()); !ring) return ring.problem();
    if (const auto made = disk.make_folder(folder); !made) return made.problem();
    Machine machine{folder};
    auto ledger = post::Ledger::open(disk, folder);
    if (!ledger) return ledger.problem();
    machine.ledger_ = std::move(*ledger);
    return machine;
}

Result<Done> Machine::reopen_ledger() {
    auto ledger = post::Ledger::open(post::real_disk(), folder_);
    if (!ledger) return ledger.problem();
    ledger_ = std::move(*ledger);
    return Done{};
}

post::DatabaseFacts Machine::database() const {
    post::DatabaseFacts facts;
    facts.place = place();
    // What other senders have committed since the caller's transaction began counts, too.
    reading_the_latest([&] {
        for (const auto& [id] :
             Rows<std::string>{"select database_id from raadspost_sending order by id limit 1"})
            facts.id = id;
        for (const auto& [number] : Rows<std::int64_t>{
                 "select number from raadspost_ledger_number where ledger = {}", ledger_->id()})
            facts.number = static_cast<std::uint64_t>(number);
    });
    return facts;
}

post::FenceState Machine::fence() const {
    const auto ledger = [&] {
        (void)ledger_->find({});  // what others appended; a spoilt ledger is told of before a claim
        return post::LedgerFacts{ledger_->id(), ledger_->last_number()};
    };
    return fence_.check(
        database().id, [&] { return database(); }, ledger);
}

Result<Done> Machine::arm(const std::string& who, const std::string& reason) {
    const auto facts = database();
    if (const auto raised = ledger_->raise_to(facts.number); !raised) return raised.problem();
    return fence_.arm(facts, {ledger_->id(), ledger_->last_number()}, who, reason, now());
}

Result<Done> Machine::disarm() {
    return fence_.disarm(database().id);
}

Result<Done> Machine::advance_fence(std::uint64_t number) {
    for (const auto& [id] :
         Rows<std::string>{"select database_id from raadspost_sending order by id limit 1"})
        return fence_.advance(id, number);
    return fence_.advance({}, number);
}

std::optional<Problem> unsafe_database() {
    if (engine() == Engine::sqlite) {
        const Rows<std::string> mode{"pragma journal_mode"};
        if (mode.empty() || std::get<0>(mode.front()) != "wal")
            return unsafe("database_not_wal", mode.empty() ? "" : std::get<0>(mode.front()),
                          "The SQLite database is not in WAL mode; nothing is sent until it is: pragma "
                          "journal_mode = wal.");
    } else {
        for (const char* setting : {"fsync", "synchronous_commit", "full_page_writes"}) {
            const Rows<std::string> value{"select current_setting({})", setting};
            if (std::get<0>(value.front()) == "off")
                return unsafe("database_not_durable", setting,
                              std::string{"PostgreSQL runs with "} + setting +
                                  " = off: after a crash it would forget what was sent. Nothing is sent "
                                  "until it is on.");
        }
    }
    // SQLite drops indexes whenever the host changes a column's type: they are looked for before each start.
    for (const char* index : {"raadspost_dispatch_appeal_step_occurrence_mailbox_unique",
                              "raadspost_dispatch-raadspost_case_case_step_occurrence_unique"}) {
        const bool there =
            engine() == Engine::sqlite
                ? !Rows<std::string>{"select name from sqlite_master where type = 'index' and name = {}",
                                     index}
                       .empty()
                : !Rows<std::string>{"select indexname from pg_indexes where indexname = {}", index}.empty();
        if (!there)
            return unsafe("database_index_missing", index,
                          std::string{"The index "} + index +
                              " is missing; update the module in the database (trytond-admin -u raadspost).");
    }
    return std::nullopt;
}

void remember_ledger_number(const std::string& ledger, std::uint64_t number) {
    const auto value = static_cast<std::int64_t>(number);
    execute(
        "insert into raadspost_ledger_number (ledger, number) values ({}, {}) on conflict (ledger) do update "
        "set number = excluded.number where raadspost_ledger_number.number < excluded.number",
        ledger, value);
}

post::DispatchKey key_of_dispatch(const std::string& step, const std::string& mailbox, int occurrence) {
    return {step + '/' + mailbox, occurrence};
}

post::DispatchKey key_of_reply(const std::string& reply, const std::string& mailbox) {
    return {"reply/" + reply + '/' + mailbox, 1};
}

}  // namespace raadspost::crm
