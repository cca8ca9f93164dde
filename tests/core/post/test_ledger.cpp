#include "core/post/ledger.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>

#include "forgetful_disk.hpp"

using namespace raadspost;
using namespace raadspost::post;
using namespace std::chrono_literals;

namespace {

const std::filesystem::path folder = "/keys";
const std::filesystem::path file = folder / "ledger";
const std::chrono::sys_seconds now{std::chrono::seconds{1'790'000'000}};

std::unique_ptr<Ledger> opened(Disk& disk, const std::filesystem::path& where = folder) {
    auto ledger = Ledger::open(disk, where);
    BOOST_REQUIRE_MESSAGE(static_cast<bool>(ledger), (ledger ? std::string{} : ledger.problem().text));
    return std::move(*ledger);
}

DispatchKey key(int number, int occurrence = 1) {
    return {"a1.s1.griffie" + std::to_string(number) + "@x.example", occurrence};
}
Ledger::Posting accepted(int number) {
    return {key(number), Posted::accepted};
}
Ledger::Posting uncertain(int number) {
    return {key(number), Posted::uncertain};
}

Result<std::uint64_t> append(Ledger& ledger, std::vector<Ledger::Posting> postings,
                             std::chrono::sys_seconds when = now) {
    return ledger.append(postings, when);
}

std::optional<LedgerEntry> find(Ledger& ledger, const DispatchKey& wanted) {
    auto found = ledger.find(std::vector{wanted});
    BOOST_REQUIRE(found);
    return found->front();
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_was_handed_over_is_known_again) {
    ForgetfulDisk disk;
    std::string id;
    {
        const auto ledger = opened(disk);
        id = ledger->id();
        BOOST_TEST(ledger->last_number() == 0u);
        BOOST_TEST(*append(*ledger, {accepted(1), uncertain(2), accepted(3)}) == 3u);
    }
    const auto again = opened(disk);
    BOOST_TEST(again->id() == id);
    BOOST_TEST(again->last_number() == 3u);
    BOOST_TEST((find(*again, key(1))->posted == Posted::accepted));
    BOOST_TEST((find(*again, key(2))->posted == Posted::uncertain));
    BOOST_TEST((find(*again, key(3))->when == now));
    BOOST_TEST(!find(*again, key(4)).has_value());
    BOOST_TEST(!find(*again, key(1, 2)).has_value());
    BOOST_TEST(disk.bytes(file).find("griffie") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(appending_twice_changes_nothing) {
    ForgetfulDisk disk;
    const auto ledger = opened(disk);
    BOOST_TEST(*append(*ledger, {accepted(1), accepted(1), uncertain(2)}) == 2u);
    BOOST_TEST(*append(*ledger, {accepted(1), uncertain(1), uncertain(2)}) == 2u);
    BOOST_TEST((find(*ledger, key(1))->posted == Posted::accepted));
    BOOST_TEST(*append(*ledger, {accepted(2)}) == 3u);
    BOOST_TEST((find(*ledger, key(2))->posted == Posted::accepted));
    BOOST_TEST(*append(*ledger, {}) == 3u);
}

BOOST_AUTO_TEST_CASE(only_an_uncertain_dispatch_can_be_forgotten) {
    ForgetfulDisk disk;
    const auto ledger = opened(disk);
    BOOST_REQUIRE(append(*ledger, {accepted(1), uncertain(2)}));
    BOOST_REQUIRE(ledger->forget_uncertain(key(1)));
    BOOST_REQUIRE(ledger->forget_uncertain(key(2)));
    BOOST_REQUIRE(ledger->forget_uncertain(key(9)));
    const auto again = opened(disk);
    BOOST_TEST(find(*again, key(1)).has_value());
    BOOST_TEST(!find(*again, key(2)).has_value());
    BOOST_TEST(again->last_number() == 3u);
}

BOOST_AUTO_TEST_CASE(after_four_hundred_days_the_number_remains) {
    ForgetfulDisk disk;
    const auto ledger = opened(disk);
    const auto other = opened(disk);
    BOOST_REQUIRE(append(*ledger, {accepted(1)}, now - ledger_keeps - 1s));
    BOOST_REQUIRE(append(*ledger, {accepted(2)}, now - ledger_keeps + 1h));
    BOOST_TEST(*ledger->compact(now) == 1u);
    BOOST_TEST(*ledger->compact(now) == 0u);
    for (Ledger* one : {ledger.get(), other.get()}) {
        BOOST_TEST(!find(*one, key(1)).has_value());
        BOOST_TEST(find(*one, key(2)).has_value());
        BOOST_TEST(one->last_number() == 2u);
    }
    BOOST_TEST(*ledger->compact(now + 24h) == 1u);
    BOOST_TEST(opened(disk)->last_number() == 2u);
    BOOST_TEST(*append(*other, {accepted(3)}) == 3u);
}

BOOST_AUTO_TEST_CASE(processes_share_one_ledger) {
    ForgetfulDisk disk;
    const auto first = opened(disk), second = opened(disk);
    BOOST_TEST(*append(*first, {accepted(1)}) == 1u);
    BOOST_TEST(find(*second, key(1)).has_value());
    BOOST_TEST(*append(*second, {accepted(1), accepted(2)}) == 2u);
    BOOST_TEST(*append(*first, {accepted(3)}) == 3u);
    BOOST_TEST(find(*first, key(2))->number == 2u);
    BOOST_REQUIRE(second->raise_to(50));
    BOOST_TEST(*append(*first, {accepted(4)}) == 51u);
    BOOST_REQUIRE(second->raise_to(5));
    BOOST_TEST(opened(disk)->last_number() == 51u);
}

// Power cut at every byte of an append: what was reported stays, the rest is whole or absent, and life goes
// on.
BOOST_AUTO_TEST_CASE(power_cut_at_every_byte) {
    for (std::size_t torn = 0; torn < 200; ++torn) {
        ForgetfulDisk disk;
        {
            const auto ledger = opened(disk);
            BOOST_REQUIRE(append(*ledger, {accepted(1)}));
            disk.fail_sync(1);
            BOOST_TEST(append(*ledger, {accepted(2), accepted(3)}).problem().id == "ledger_failed");
            BOOST_TEST(append(*ledger, {accepted(4)}).problem().id == "ledger_failed");
        }
        disk.power_cut(torn);
        const auto ledger = opened(disk);
        BOOST_TEST(find(*ledger, key(1)).has_value());
        BOOST_TEST(!find(*ledger, key(4)).has_value());
        const auto last = append(*ledger, {accepted(5)});
        BOOST_REQUIRE(last);
        const auto again = opened(disk);
        BOOST_TEST(find(*again, key(1)).has_value());
        BOOST_TEST(find(*again, key(5)).has_value());
        BOOST_TEST(again->last_number() == *last);
    }
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_a_problem_at_every_byte) {
    for (std::size_t partly = 0; partly < 120; ++partly) {
        ForgetfulDisk disk;
        const auto ledger = opened(disk);
        BOOST_REQUIRE(append(*ledger, {accepted(1)}));
        disk.fail_append(1, partly);
        BOOST_TEST(append(*ledger, {accepted(2), accepted(3)}).problem().id == "ledger_failed");
        const auto next = opened(disk);
        BOOST_REQUIRE(append(*next, {accepted(7)}));
        BOOST_TEST(find(*opened(disk), key(7)).has_value());
        BOOST_TEST(find(*opened(disk), key(1)).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_spoilt_ledger_stops_sending) {
    ForgetfulDisk disk;
    { BOOST_REQUIRE(append(*opened(disk), {accepted(1), accepted(2), accepted(3)})); }
    const std::string whole = disk.bytes(file);
    for (std::size_t at = 0; at + 1 < whole.size(); ++at) {
        std::string spoilt = whole;
        spoilt[at] = static_cast<char>(spoilt[at] ^ 4);
        disk.put(file, spoilt);
        const auto ledger = Ledger::open(disk, folder);
        BOOST_REQUIRE(!ledger);
        BOOST_TEST(ledger.problem().id == "ledger_damaged");
    }
    disk.put(file, "");
    BOOST_TEST(!Ledger::open(disk, folder));
}

BOOST_AUTO_TEST_CASE(threads_with_their_own_ledgers_never_share_a_number) {
    std::string name = (std::filesystem::temp_directory_path() / "raadspost-ledger-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
    constexpr int threads = 4, each = 25;
    {
        std::vector<std::jthread> running;
        for (int thread = 0; thread < threads; ++thread)
            running.emplace_back([&, thread] {
                auto ledger = Ledger::open(real_disk(), name);
                for (int i = 0; ledger && i < each; ++i)
                    (void)append(**ledger, {accepted(thread * each + i)});
            });
    }
    const auto ledger = opened(real_disk(), name);
    BOOST_TEST(ledger->last_number() == static_cast<std::uint64_t>(threads * each));
    std::set<std::uint64_t> numbers;
    for (int i = 0; i < threads * each; ++i)
        if (const auto entry = find(*ledger, key(i))) numbers.insert(entry->number);
    BOOST_TEST(numbers.size() == static_cast<std::size_t>(threads * each));
    std::filesystem::remove_all(name);
}
