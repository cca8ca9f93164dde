#include "core/link/key_ring.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace raadspost;
using link::Key;
using link::KeyRing;
using link::Kind;

namespace {

const std::chrono::sys_seconds noon{std::chrono::seconds{1'790'000'000}};

// A folder of its own for each test, gone afterwards.
struct Folder {
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "raadspost-keys-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
    std::filesystem::path file() const { return path / "keys"; }
};

std::string read(const std::filesystem::path& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void write(const std::filesystem::path& file, const std::string& text, mode_t mode = 0600) {
    std::ofstream{file} << text;
    ::chmod(file.c_str(), mode);
}

const std::string digits(64, 'a');

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_new_ring_is_for_its_owner_only_and_reads_back, Folder) {
    const auto made = KeyRing::create(file(), noon);
    BOOST_REQUIRE(made);
    struct stat facts {};
    BOOST_REQUIRE(::stat(file().c_str(), &facts) == 0);
    BOOST_TEST((facts.st_mode & 07777) == 0600u);
    const auto loaded = KeyRing::load(file());
    BOOST_REQUIRE(loaded);
    BOOST_TEST((loaded->key(Kind::bounce, 1) == made->key(Kind::bounce, 1)));
    BOOST_TEST(std::distance(std::filesystem::directory_iterator{path}, {}) == 1);
}

BOOST_FIXTURE_TEST_CASE(a_ring_is_never_overwritten_by_a_new_one, Folder) {
    BOOST_REQUIRE(KeyRing::create(file(), noon));
    const std::string before = read(file());
    const auto again = KeyRing::create(file(), noon);
    BOOST_REQUIRE(!again);
    BOOST_TEST(again.problem().id == "key_ring_exists");
    BOOST_TEST(read(file()) == before);
}

BOOST_FIXTURE_TEST_CASE(set_up_run_twice_at_once_agrees_on_one_ring, Folder) {
    std::vector<std::optional<Key>> keys(8);
    {
        std::vector<std::jthread> threads;
        for (auto& key : keys)
            threads.emplace_back([&] {
                if (auto ring = KeyRing::load_or_create(file(), noon)) key = ring->key(Kind::web, 1);
            });
    }
    for (const auto& key : keys) {
        BOOST_TEST(key.has_value());
        BOOST_TEST((key == keys.front()));
    }
}

BOOST_FIXTURE_TEST_CASE(a_ring_that_others_can_read_is_refused, Folder) {
    BOOST_REQUIRE(KeyRing::create(file(), noon));
    for (const mode_t mode : {0640u, 0604u, 0644u, 0700u, 0400u}) {
        ::chmod(file().c_str(), mode);
        const auto ring = KeyRing::load(file());
        BOOST_REQUIRE(!ring);
        BOOST_TEST(ring.problem().id == "key_ring_exposed");
    }
    ::chmod(file().c_str(), 0600);
    std::filesystem::create_symlink(file(), path / "other");
    BOOST_TEST(!KeyRing::load(path / "other"));
}

BOOST_FIXTURE_TEST_CASE(each_kind_and_generation_has_a_key_of_its_own, Folder) {
    auto ring = KeyRing::create(file(), noon);
    BOOST_REQUIRE(ring);
    BOOST_REQUIRE(ring->rotate(file(), noon));
    BOOST_TEST(int{ring->newest()} == 2);
    std::vector<Key> keys;
    for (const Kind kind :
         {Kind::bounce, Kind::reply, Kind::unsubscribe, Kind::web, Kind::letter, Kind::answer})
        for (const auto id : {std::uint8_t{1}, std::uint8_t{2}}) keys.push_back(ring->key(kind, id).value());
    std::sort(keys.begin(), keys.end());
    BOOST_TEST((std::adjacent_find(keys.begin(), keys.end()) == keys.end()));
    BOOST_TEST(!ring->key(Kind::web, 3).has_value());
}

BOOST_FIXTURE_TEST_CASE(rotation_keeps_old_keys_until_they_are_retired, Folder) {
    auto ring = KeyRing::create(file(), noon);
    BOOST_REQUIRE(ring);
    const auto old_key = ring->key(Kind::reply, 1);
    BOOST_REQUIRE(ring->rotate(file(), noon));
    BOOST_TEST((KeyRing::load(file())->key(Kind::reply, 1) == old_key));
    const auto newest = ring->retire(file(), 2);
    BOOST_REQUIRE(!newest);
    BOOST_TEST(newest.problem().id == "key_ring_newest");
    BOOST_REQUIRE(ring->retire(file(), 1));
    BOOST_TEST(!KeyRing::load(file())->key(Kind::reply, 1).has_value());
    BOOST_TEST(ring->retire(file(), 1).problem().id == "key_ring_unknown_key");
}

BOOST_FIXTURE_TEST_CASE(three_hundred_rotations_stay_within_one_byte_of_key_id, Folder) {
    auto ring = KeyRing::create(file(), noon);
    BOOST_REQUIRE(ring);
    for (int i = 0; i < 300; ++i) BOOST_REQUIRE(ring->rotate(file(), noon));
    BOOST_TEST(ring->size() == 32u);
    BOOST_TEST(int{ring->newest()} == 301 - 255);
    BOOST_TEST(KeyRing::load(file())->size() == 32u);
}

BOOST_FIXTURE_TEST_CASE(a_spoilt_ring_names_the_line, Folder) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"", "line 1"},
        {"raadspost-keys 2\n", "line 1"},
        {"raadspost-keys 1\n", "line 2"},
        {"raadspost-keys 1\nkey 0 1 " + digits + "\n", "line 2"},
        {"raadspost-keys 1\nkey 256 1 " + digits + "\n", "line 2"},
        {"raadspost-keys 1\nkey 1 1 " + digits + "\nkey 1 1 " + digits + "\n", "line 3"},
        {"raadspost-keys 1\nkey 1 1 " + digits.substr(1) + "\n", "line 2"},
        {"raadspost-keys 1\nkey 1 1 " + digits.substr(1) + "g\n", "line 2"},
        {"raadspost-keys 1\nkey 1 1 " + digits + "\n\n", "line 3"},
        {"raadspost-keys 1\nkey 1 x " + digits + "\n", "line 2"},
    };
    for (const auto& [text, place] : rows) {
        write(file(), text);
        const auto ring = KeyRing::load(file());
        BOOST_REQUIRE(!ring);
        BOOST_TEST(ring.problem().id == "key_ring_spoilt");
        BOOST_TEST(ring.problem().place.ends_with(place));
    }
}

BOOST_FIXTURE_TEST_CASE(a_missing_ring_or_folder_is_said, Folder) {
    BOOST_TEST(KeyRing::load(file()).problem().id == "key_ring_missing");
    BOOST_TEST(KeyRing::create(path / "none" / "keys", noon).problem().id == "key_ring_unusable");
}
