#include "core/link/token.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::link;

namespace {

const std::chrono::sys_seconds noon{std::chrono::seconds{1'790'000'000}};
const std::vector<Kind> kinds = {Kind::bounce, Kind::reply,  Kind::unsubscribe,
                                 Kind::web,    Kind::letter, Kind::answer};
const std::vector<std::int64_t> rows = {1,       255,       256,           65535,    65536,
                                        1 << 24, 123456789, 5'000'000'000, INT64_MAX};

struct Ring {
    Ring() {
        std::string name = (std::filesystem::temp_directory_path() / "raadspost-token-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder = name;
        auto made = KeyRing::create(folder / "keys", noon);
        BOOST_REQUIRE(made);
        ring = *made;
    }
    ~Ring() { std::filesystem::remove_all(folder); }
    std::filesystem::path folder;
    KeyRing ring;
};

// On the heap, to the byte, so that the address checker sees an overread.
Result<std::int64_t> check(const KeyRing& ring, Kind kind, const std::string& token) {
    const std::unique_ptr<char[]> exact{new char[token.size()]};
    std::memcpy(exact.get(), token.data(), token.size());
    return checked_row(ring, kind, {exact.get(), token.size()});
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_token_gives_its_row_back_for_its_own_kind_only, Ring) {
    for (const std::int64_t row : rows)
        for (const Kind kind : kinds) {
            const std::string token = signed_token(ring, kind, row);
            for (const Kind other : kinds) {
                const auto found = check(ring, other, token);
                BOOST_TEST(static_cast<bool>(found) == (other == kind));
                if (found) BOOST_TEST(*found == row);
            }
        }
}

BOOST_FIXTURE_TEST_CASE(a_token_survives_a_change_of_case, Ring) {
    std::string token = signed_token(ring, Kind::reply, 342);
    for (char& letter : token)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    BOOST_TEST(*check(ring, Kind::reply, token) == 342);
}

BOOST_FIXTURE_TEST_CASE(no_changed_lost_or_added_letter_passes, Ring) {
    for (const std::int64_t row : {std::int64_t{7}, INT64_MAX}) {
        const std::string token = signed_token(ring, Kind::answer, row);
        for (std::size_t at = 0; at < token.size(); ++at) {
            for (const char letter : std::string{"abcdefghijklmnopqrstuvwxyz234567019-_=+/. \n"}) {
                if (letter == token[at]) continue;
                std::string changed = token;
                changed[at] = letter;
                BOOST_TEST(!check(ring, Kind::answer, changed));
            }
            std::string shorter = token;
            shorter.erase(at, 1);
            BOOST_TEST(!check(ring, Kind::answer, shorter));
            BOOST_TEST(!check(ring, Kind::answer, token.substr(0, at)));
        }
        BOOST_TEST(!check(ring, Kind::answer, token + "a"));
        BOOST_TEST(!check(ring, Kind::answer, "a" + token));
    }
    BOOST_TEST(!check(ring, Kind::answer, ""));
    BOOST_TEST(!check(ring, Kind::answer, std::string(100'000, 'a')));
}

BOOST_FIXTURE_TEST_CASE(every_refusal_reads_the_same, Ring) {
    const auto wrong_kind = check(ring, Kind::web, signed_token(ring, Kind::bounce, 1));
    const auto rubbish = check(ring, Kind::web, "rubbish!");
    BOOST_REQUIRE((!wrong_kind && !rubbish));
    BOOST_TEST((wrong_kind.problem() == rubbish.problem()));
}

BOOST_FIXTURE_TEST_CASE(an_old_key_serves_until_it_is_retired, Ring) {
    const std::string token = signed_token(ring, Kind::unsubscribe, 12);
    BOOST_REQUIRE(ring.rotate(folder / "keys", noon));
    BOOST_TEST(signed_token(ring, Kind::unsubscribe, 12) != token);
    BOOST_TEST(*check(ring, Kind::unsubscribe, token) == 12);
    BOOST_REQUIRE(ring.retire(folder / "keys", 1));
    BOOST_TEST(!check(ring, Kind::unsubscribe, token));
}

BOOST_FIXTURE_TEST_CASE(another_ring_signs_otherwise, Ring) {
    auto other = KeyRing::create(folder / "other", noon);
    BOOST_REQUIRE(other);
    BOOST_TEST(!check(*other, Kind::web, signed_token(ring, Kind::web, 5)));
}

BOOST_FIXTURE_TEST_CASE(addresses_fit_a_local_part_and_name_their_row, Ring) {
    std::set<std::string> seen;
    for (const std::int64_t row : rows)
        for (const Kind kind : {Kind::bounce, Kind::reply}) {
            const std::string address = signed_address(ring, kind, row, "post.raadspost.example");
            BOOST_TEST(seen.insert(address).second);
            BOOST_TEST(address.find('@') <= 64u);
            BOOST_TEST(*row_of_address(ring, kind, address, "Post.Raadspost.example") == row);
            BOOST_TEST(!row_of_address(ring, kind, address, "raadspost.example"));
            BOOST_TEST(!row_of_address(ring, kind, "x" + address, "post.raadspost.example"));
            BOOST_TEST(!row_of_address(ring, kind, address + ".invalid", "post.raadspost.example"));
        }
    BOOST_TEST(
        !row_of_address(ring, Kind::bounce, "bounce+@post.raadspost.example", "post.raadspost.example"));
    BOOST_TEST(!row_of_address(ring, Kind::bounce, "", ""));
}

BOOST_FIXTURE_TEST_CASE(a_row_without_an_id_is_a_programmers_mistake, Ring) {
    BOOST_CHECK_THROW(signed_token(ring, Kind::web, 0), std::invalid_argument);
    BOOST_CHECK_THROW(signed_token(ring, Kind::web, -4), std::invalid_argument);
}
