#include "core/post/journal.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "forgetful_disk.hpp"

using namespace raadspost;
using namespace raadspost::post;

namespace {

const std::filesystem::path folder = "/journals";
const std::string id = "abcdefgh";
const std::filesystem::path file = folder / (id + ".journal");

Submission reply(Outcome outcome, int code, std::string queue_id = {}, std::string text = "as agreed") {
    return {outcome,         Stage::dot,          code, std::to_string(code / 100) + ".0.0",
            std::move(text), std::move(queue_id), false};
}

std::unique_ptr<Journal> made(Disk& disk) {
    auto journal = Journal::create(disk, folder, id);
    BOOST_REQUIRE(journal);
    return std::move(*journal);
}

JournalReading reading(Disk& disk) {
    auto read = read_journal(disk, folder, id);
    BOOST_REQUIRE(read);
    return *read;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_last_mark_of_each_dispatch_is_read_back) {
    ForgetfulDisk disk;
    const auto journal = made(disk);
    BOOST_REQUIRE(journal->mark_dot(1, 1));
    BOOST_REQUIRE(
        journal->mark_reply(1, 1, reply(Outcome::accepted, 250, "4XyZ", "Ok: 100% queued\r\nas \"4XyZ\"")));
    BOOST_REQUIRE(journal->mark_dot(2, 3));
    BOOST_REQUIRE(journal->mark_reply(2, 3, reply(Outcome::refused, 554)));
    BOOST_REQUIRE(journal->mark_dot(3, 1));
    BOOST_REQUIRE(journal->mark_reply(3, 1, reply(Outcome::deferred, 451)));
    BOOST_REQUIRE(journal->mark_dot(4, 1));
    BOOST_REQUIRE(journal->mark_reply(4, 1, reply(Outcome::uncertain, 0)));

    const JournalReading read = reading(disk);
    BOOST_TEST((!read.torn_tail && !read.damage));
    BOOST_REQUIRE(read.last.size() == 4u);
    BOOST_TEST((read.last.at(1).kind == MarkKind::accepted));
    BOOST_TEST(read.last.at(1).queue_id == "4XyZ");
    BOOST_TEST(read.last.at(1).text == "Ok: 100% queued\r\nas \"4XyZ\"");
    BOOST_TEST((read.last.at(2).kind == MarkKind::refused && read.last.at(2).attempt == 3));
    BOOST_TEST(read.last.at(2).code == 554);
    BOOST_TEST((read.last.at(3).kind == MarkKind::deferred));
    BOOST_TEST((read.last.at(4).kind == MarkKind::dot));
}

BOOST_AUTO_TEST_CASE(a_failure_before_the_dot_leaves_no_mark) {
    ForgetfulDisk disk;
    const auto journal = made(disk);
    Submission early = reply(Outcome::refused, 550);
    early.stage = Stage::recipient;
    BOOST_REQUIRE(journal->mark_reply(9, 1, early));
    BOOST_TEST(reading(disk).last.empty());
}

// The heart of it: whatever byte the power fails at, a dot that was reported durable is there, and nothing is
// invented.
BOOST_AUTO_TEST_CASE(power_cut_at_every_byte_keeps_every_dot) {
    std::size_t cuts = 0;
    for (int steps = 1; steps <= 8; ++steps) {
        for (std::size_t torn = 0;; ++torn) {
            ForgetfulDisk disk;
            auto journal = made(disk);
            std::int64_t dots = 0;
            for (int step = 0; step < steps; ++step) {
                if (step % 2 == 0) {
                    BOOST_REQUIRE(journal->mark_dot(++dots, 1));
                } else {
                    BOOST_REQUIRE(journal->mark_reply(dots, 1, reply(Outcome::accepted, 250, "Q")));
                }
            }
            const std::size_t unsynced = disk.unsynced(file);
            disk.power_cut(torn);
            const JournalReading read = reading(disk);
            BOOST_TEST(!read.damage.has_value());
            BOOST_TEST(read.last.size() == static_cast<std::size_t>(dots));
            BOOST_TEST(read.torn_tail == (torn > 0 && torn < unsynced));
            ++cuts;
            if (torn >= unsynced) break;
        }
    }
    BOOST_TEST_MESSAGE("journal cut at " << cuts << " points");
    BOOST_TEST(cuts > 100u);
}

BOOST_AUTO_TEST_CASE(a_prefix_of_a_journal_never_lies) {
    ForgetfulDisk disk;
    const auto journal = made(disk);
    for (std::int64_t dispatch = 1; dispatch <= 5; ++dispatch) {
        BOOST_REQUIRE(journal->mark_dot(dispatch, 1));
        BOOST_REQUIRE(
            journal->mark_reply(dispatch, 1, reply(Outcome::accepted, 250, "Q" + std::to_string(dispatch))));
    }
    const std::string whole = disk.bytes(file);
    const JournalReading truth = reading(disk);
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        // Reserved room shows as zeros behind what was written.
        disk.put(file, whole.substr(0, length) + std::string(length % 3 == 0 ? 0 : 4096, '\0'));
        const JournalReading read = reading(disk);
        BOOST_TEST(!read.damage.has_value());
        for (const auto& [dispatch, mark] : read.last)
            BOOST_TEST((mark == truth.last.at(dispatch) || mark.kind == MarkKind::dot));
    }
}

BOOST_AUTO_TEST_CASE(a_spoilt_byte_anywhere_is_never_taken_for_a_mark) {
    ForgetfulDisk disk;
    const auto journal = made(disk);
    for (std::int64_t dispatch = 1; dispatch <= 3; ++dispatch) BOOST_REQUIRE(journal->mark_dot(dispatch, 1));
    const std::string whole = disk.bytes(file);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const int bit : {1, 16, 64}) {
            std::string spoilt = whole;
            spoilt[at] = static_cast<char>(spoilt[at] ^ bit);
            disk.put(file, spoilt);
            const auto read = read_journal(disk, folder, id);
            if (!read) continue;  // the first line: no journal of ours any more
            BOOST_TEST((read->damage || read->torn_tail));
            for (const auto& [dispatch, mark] : read->last)
                BOOST_TEST((dispatch >= 1 && dispatch <= 3 && mark.kind == MarkKind::dot));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_lost_or_doubled_line_is_damage) {
    ForgetfulDisk disk;
    const auto journal = made(disk);
    for (std::int64_t dispatch = 1; dispatch <= 3; ++dispatch) BOOST_REQUIRE(journal->mark_dot(dispatch, 1));
    const std::string whole = disk.bytes(file);
    const std::size_t second = whole.find('\n') + 1;
    const std::size_t third = whole.find('\n', second) + 1;
    disk.put(file, whole.substr(0, second) + whole.substr(third));
    BOOST_TEST(reading(disk).damage.has_value());
    disk.put(file, whole.substr(0, third) + whole.substr(second));
    BOOST_TEST(reading(disk).damage.has_value());
}

BOOST_AUTO_TEST_CASE(the_first_failure_is_the_last_word) {
    for (const bool at_sync : {false, true}) {
        ForgetfulDisk disk;
        const auto journal = made(disk);
        BOOST_REQUIRE(journal->mark_dot(1, 1));
        if (at_sync)
            disk.fail_sync(1);
        else
            disk.fail_append(1, 5);
        const auto failed = journal->mark_dot(2, 1);
        BOOST_REQUIRE(!failed);
        BOOST_TEST(failed.problem().id == "journal_failed");
        BOOST_TEST(!journal->mark_dot(3, 1));
        BOOST_TEST(!journal->mark_reply(1, 1, reply(Outcome::accepted, 250)));
        BOOST_TEST(!journal->sync());
        BOOST_TEST(journal->failure().has_value());
        disk.power_cut(1000);
        const JournalReading read = reading(disk);
        BOOST_TEST(read.last.contains(1));
        BOOST_TEST(!read.last.contains(3));
    }
}

BOOST_AUTO_TEST_CASE(a_journal_that_cannot_be_begun_is_a_problem) {
    ForgetfulDisk disk;
    disk.fail_sync(1);
    BOOST_TEST(!Journal::create(disk, folder, id));
    BOOST_TEST(!Journal::create(disk, folder, id));  // its file is there: never appended to by another
}

BOOST_AUTO_TEST_CASE(a_living_writer_keeps_its_journal) {
    ForgetfulDisk disk;
    auto journal = made(disk);
    BOOST_TEST(take_over_journal(disk, folder, id).problem().id == "file_locked");
    BOOST_TEST((*list_journals(disk, folder) == std::vector<std::string>{id}));
    journal.reset();
    const auto lock = take_over_journal(disk, folder, id);
    BOOST_REQUIRE(lock);
    BOOST_REQUIRE(remove_journal(disk, folder, id));
    BOOST_TEST(list_journals(disk, folder)->empty());
    BOOST_TEST(read_journal(disk, folder, id).problem().id == "file_missing");
}

BOOST_AUTO_TEST_CASE(a_foreign_file_is_not_read_as_a_journal) {
    ForgetfulDisk disk;
    { const auto journal = made(disk); }
    disk.put(folder / "other.journal", disk.bytes(file));
    BOOST_TEST(read_journal(disk, folder, "other").problem().id == "journal_foreign");
}

BOOST_AUTO_TEST_CASE(ids_do_not_repeat) {
    BOOST_TEST(new_journal_id() != new_journal_id());
    BOOST_TEST(new_journal_id().size() == 16u);
}

// On the real disk: threads share syncs, and a journal that dies without closing can be read by the next
// process.
BOOST_AUTO_TEST_CASE(threads_share_syncs_on_the_real_disk) {
    std::string name = (std::filesystem::temp_directory_path() / "raadspost-journal-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    constexpr int threads = 10;
    constexpr int each = 100;
    {
        auto journal = Journal::create(real_disk(), name, id);
        BOOST_REQUIRE(journal);
        BOOST_TEST(take_over_journal(real_disk(), name, id).problem().id == "file_locked");
        std::atomic<int> failures = 0;
        {
            std::vector<std::jthread> running;
            for (int thread = 0; thread < threads; ++thread)
                running.emplace_back([&, thread] {
                    for (int i = 0; i < each; ++i) {
                        const std::int64_t dispatch = thread * each + i + 1;
                        if (!(*journal)->mark_dot(dispatch, 1)) ++failures;
                        if (!(*journal)->mark_reply(dispatch, 1, reply(Outcome::accepted, 250, "Q")))
                            ++failures;
                    }
                });
        }
        BOOST_TEST(failures == 0);
        BOOST_TEST((*journal)->syncs() <= static_cast<std::uint64_t>(threads * each + 1));
        BOOST_TEST_MESSAGE(threads * each << " dots took " << (*journal)->syncs() << " syncs");
    }
    const auto read = read_journal(real_disk(), name, id);
    BOOST_REQUIRE(read);
    BOOST_TEST(read->last.size() == static_cast<std::size_t>(threads * each));
    BOOST_TEST((!read->damage && !read->torn_tail));
    std::filesystem::remove_all(name);
}
