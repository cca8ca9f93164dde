#include "core/post/fence.hpp"

#include <boost/test/unit_test.hpp>

#include "forgetful_disk.hpp"

using namespace raadspost;
using namespace raadspost::post;

namespace {

const std::chrono::sys_seconds now{std::chrono::seconds{1'790'000'000}};
const DatabaseFacts database{"db-1", "localhost:5432/raad", 100};
const LedgerFacts ledger{"ledger1", 100};

struct Armed {
    Armed() { BOOST_REQUIRE(fence.arm(database, ledger, "Beheerder", "eerste inrichting", now)); }
    ForgetfulDisk disk;
    Fence fence{disk, "/keys"};
};

std::string verdict(const Fence& fence, const DatabaseFacts& facts, const LedgerFacts& book) {
    const FenceState state = fence.check(facts, book);
    return state.shut ? std::string{name(*state.shut)} : "open";
}

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_is_armed_by_installing) {
    ForgetfulDisk disk;
    Fence fence{disk, "/keys"};
    BOOST_TEST(verdict(fence, database, ledger) == "never_armed");
    BOOST_TEST(!fence.arm(database, ledger, "", "reden", now));
    BOOST_TEST(!fence.arm(database, ledger, "Beheerder", "", now));
    BOOST_TEST(!fence.arm({"../x", "", 0}, ledger, "Beheerder", "reden", now));
    BOOST_TEST(verdict(fence, database, ledger) == "never_armed");
}

BOOST_FIXTURE_TEST_CASE(each_way_of_not_fitting_has_its_reason, Armed) {
    struct Row {
        std::string story;
        DatabaseFacts database;
        LedgerFacts ledger;
        std::string verdict;
    };
    const std::vector<Row> rows = {
        {"as armed", database, ledger, "open"},
        {"some batches on", {"db-1", "localhost:5432/raad", 150}, {"ledger1", 150}, "open"},
        {"a crash between ledger and database",
         {"db-1", "localhost:5432/raad", 100},
         {"ledger1", 150},
         "open"},
        {"restored from a copy of yesterday",
         {"db-1", "localhost:5432/raad", 99},
         {"ledger1", 100},
         "set_back"},
        {"restored from before the first message",
         {"db-1", "localhost:5432/raad", 0},
         {"ledger1", 100},
         "set_back"},
        {"copied to a test database", {"db-1", "localhost:5432/test", 100}, {"ledger1", 100}, "other_place"},
        {"another database", {"db-2", "localhost:5432/raad", 100}, {"ledger1", 100}, "never_armed"},
        {"the ledger's folder was lost",
         {"db-1", "localhost:5432/raad", 100},
         {"ledger2", 0},
         "other_ledger"},
        {"an old copy of the ledger", {"db-1", "localhost:5432/raad", 100}, {"ledger1", 60}, "ledger_behind"},
    };
    for (const Row& row : rows)
        BOOST_TEST(verdict(fence, row.database, row.ledger) == row.verdict, row.story);
}

BOOST_FIXTURE_TEST_CASE(a_batch_that_is_settled_meanwhile_shuts_nothing, Armed) {
    // Another sender commits and advances the fence while this one has read its database and not yet decided.
    const auto read_too_early = [&] {
        const DatabaseFacts before = database;
        BOOST_REQUIRE(fence.advance("db-1", 150));
        return before;
    };
    BOOST_TEST(!fence.check("db-1", read_too_early, [] { return LedgerFacts{"ledger1", 150}; }).shut);
}

BOOST_FIXTURE_TEST_CASE(the_number_only_grows, Armed) {
    BOOST_REQUIRE(fence.advance("db-1", 150));
    BOOST_REQUIRE(fence.advance("db-1", 120));
    BOOST_TEST(verdict(fence, {"db-1", "localhost:5432/raad", 149}, {"ledger1", 150}) == "set_back");
    BOOST_TEST(verdict(fence, {"db-1", "localhost:5432/raad", 150}, {"ledger1", 150}) == "open");
    BOOST_TEST(!fence.advance("db-9", 1));
}

BOOST_FIXTURE_TEST_CASE(arming_anew_accepts_what_is, Armed) {
    BOOST_REQUIRE(fence.advance("db-1", 150));
    const DatabaseFacts restored{"db-1", "localhost:5432/raad", 40};
    BOOST_TEST(verdict(fence, restored, {"ledger1", 150}) == "set_back");
    BOOST_REQUIRE(fence.arm(restored, {"ledger1", 150}, "Tweede", "teruggezet na een storing", now));
    const FenceState state = fence.check(restored, {"ledger1", 150});
    BOOST_TEST(!state.shut.has_value());
    BOOST_TEST(state.armed_by == "Tweede");
    BOOST_TEST(state.reason == "teruggezet na een storing");
}

BOOST_FIXTURE_TEST_CASE(stopping_holds_until_armed_anew, Armed) {
    BOOST_REQUIRE(fence.disarm("db-1"));
    BOOST_TEST(verdict(fence, database, ledger) == "never_armed");
    BOOST_REQUIRE(fence.advance("db-1", 130));
    BOOST_TEST(verdict(fence, {"db-1", "localhost:5432/raad", 130}, {"ledger1", 130}) == "never_armed");
}

BOOST_FIXTURE_TEST_CASE(a_spoilt_fence_is_shut, Armed) {
    const std::filesystem::path file = "/keys/fence-db-1";
    const std::string whole = disk.bytes(file);
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string spoilt = whole;
        spoilt[at] = static_cast<char>(spoilt[at] ^ 1);
        disk.put(file, spoilt);
        BOOST_TEST(verdict(fence, database, ledger) == "unreadable");
        disk.put(file, whole.substr(0, at));
        BOOST_TEST(verdict(fence, database, ledger) == "unreadable");
    }
    BOOST_TEST(fence.advance("db-1", 200).problem().id == "fence_unreadable");
    BOOST_REQUIRE(fence.arm(database, ledger, "Beheerder", "bestand hersteld", now));
    BOOST_TEST(verdict(fence, database, ledger) == "open");
}

BOOST_AUTO_TEST_CASE(only_the_last_armings_are_kept) {
    ForgetfulDisk disk;
    Fence fence{disk, "/keys"};
    for (int i = 0; i < 120; ++i)
        BOOST_REQUIRE(fence.arm(database, ledger, "Beheerder " + std::to_string(i), "r", now));
    BOOST_TEST(fence.check(database, ledger).armed_by == "Beheerder 119");
    BOOST_TEST(disk.bytes("/keys/fence-db-1").find("Beheerder%2069") == std::string::npos);
}
