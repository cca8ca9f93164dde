// Frozen messages come back byte by byte, and whatever happened to their file is noticed.
#define BOOST_TEST_MODULE frozen
#include <boost/test/unit_test.hpp>

#include "core/post/frozen.hpp"

#include <sys/resource.h>
#include <unistd.h>
#include <zstd.h>
#include <csignal>
#include <fstream>
#include <map>
#include <thread>

using namespace raadspost::post;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::year_month_day today{2026y / 11 / 21};

struct Folder {
    std::filesystem::path path;
    Folder() {
        char name[] = "/tmp/raadspost-frozen-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

std::filesystem::path pack_file(const Folder& folder, const std::string& name) {
    return folder.path / (name.substr(0, name.find('.')) + ".pack");
}

std::string id(int number) {
    return std::to_string(number) + "@dorpensamen.example";
}

std::string message(int number) {
    std::string text = "Subject: " + std::to_string(number) + "\r\nMessage-ID: <" + id(number) + ">\r\n\r\n";
    for (int line = 0; line < number % 50; ++line) text += "Geachte griffier,\r\n";
    return text;
}

std::string problem_of(const raadspost::Result<std::string>& result) {
    return result ? "none" : result.problem().id;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_several_threads_add_to_one_pack_comes_back) {
    const Folder folder;
    std::map<std::string, std::string> names[4];
    {
        FrozenPack pack{folder.path, today};
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 200; ++i) {
                    const std::string bytes = message(thread * 1000 + i);
                    names[thread][*pack.add(bytes)] = bytes;
                }
            });
    }
    for (const auto& of_thread : names) {
        BOOST_TEST(of_thread.size() == 200u);
        for (const auto& [name, bytes] : of_thread)
            BOOST_REQUIRE(*thaw(folder.path, name, sha256_hex(bytes)) == bytes);
    }
    BOOST_TEST(std::distance(std::filesystem::directory_iterator{folder.path / "2026-11-21"}, {}) == 1);
}

BOOST_AUTO_TEST_CASE(a_pack_is_synced_before_anybody_counts_on_it) {
    const Folder folder;
    FrozenPack pack{folder.path, today};
    BOOST_TEST(static_cast<bool>(pack.sync()));  // nothing in it, no file
    const std::string name = *pack.add("x");
    BOOST_TEST(static_cast<bool>(pack.sync()));
    BOOST_TEST(*thaw(folder.path, name, sha256_hex("x")) == "x");
    std::filesystem::remove_all(folder.path / "2026-11-21");
    const auto failed = pack.sync();
    BOOST_REQUIRE(!failed);
    BOOST_TEST(failed.problem().id == "frozen_not_written");
}

BOOST_AUTO_TEST_CASE(an_unused_pack_leaves_no_file) {
    const Folder folder;
    { FrozenPack pack{folder.path, today}; }
    BOOST_TEST(std::filesystem::is_empty(folder.path));
}

BOOST_AUTO_TEST_CASE(damage_is_noticed) {
    const Folder folder;
    std::string first, second;
    {
        FrozenPack pack{folder.path, today};
        first = *pack.add(message(30));
        second = *pack.add(message(31));
    }
    const auto file = pack_file(folder, second);
    const auto size = std::filesystem::file_size(file);
    // A power cut: the second message is not whole any more, the first is.
    for (auto cut = size - 1; cut > size - 20; --cut) {
        std::filesystem::resize_file(file, cut);
        BOOST_TEST(problem_of(thaw(folder.path, second, sha256_hex(message(31)))) == "frozen_spoilt");
        BOOST_TEST(problem_of(thaw_to_send(folder.path, second, id(31), "")) == "frozen_spoilt");
    }
    BOOST_TEST(*thaw(folder.path, first, sha256_hex(message(30))) == message(30));
    // Room that was given but never written.
    std::filesystem::resize_file(file, size);
    BOOST_TEST(problem_of(thaw(folder.path, second, sha256_hex(message(31)))) == "frozen_spoilt");
    // Another's place.
    BOOST_TEST(problem_of(thaw(folder.path, first, sha256_hex(message(31)))) == "frozen_spoilt");
    BOOST_TEST(*thaw_to_send(folder.path, first, id(30), "") == message(30));
    for (const std::string& other : {id(31), std::string{}, "x>\r\n" + id(30)})
        BOOST_TEST(problem_of(thaw_to_send(folder.path, first, other, sha256_hex(message(30)))) ==
                   "frozen_spoilt");
    // Each byte of the first, one after the other.
    for (std::uint64_t at = 0; at < 30; ++at) {
        std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
        stream.seekg(static_cast<std::streamoff>(at));
        const auto before = static_cast<char>(stream.get());
        stream.seekp(static_cast<std::streamoff>(at));
        stream.put(static_cast<char>(before ^ 0x55));
        stream.flush();
        const std::string hash = sha256_hex(message(30));
        for (const auto& thawed :
             {thaw(folder.path, first, hash), thaw_to_send(folder.path, first, id(30), hash)})
            BOOST_TEST((!thawed || *thawed == message(30)), "byte " << at);
        stream.seekp(static_cast<std::streamoff>(at));
        stream.put(before);
    }
}

// A lawful frame, padded to the size that the name says; a frame that decoders skip.
BOOST_AUTO_TEST_CASE(a_frame_that_is_not_ours_is_spoilt) {
    using namespace std::string_literals;
    const Folder folder;
    const std::string bytes = message(1);
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1));
    const std::string skipped = "\x50\x2a\x4d\x18\x04\0\0\0"s + "abcd";
    std::filesystem::create_directory(folder.path / "2026-11-21");
    for (const std::string& content : {packed + skipped, skipped}) {
        std::ofstream{folder.path / "2026-11-21" / "odd.pack", std::ios::binary} << content;
        const std::string name = "2026-11-21/odd.0." + std::to_string(content.size());
        BOOST_TEST(problem_of(thaw_to_send(folder.path, name, id(1), sha256_hex(bytes))) == "frozen_spoilt");
        BOOST_TEST(problem_of(thaw(folder.path, name, sha256_hex(bytes))) == "frozen_spoilt");
    }
}

// As packs were written before frames had a checksum.
BOOST_AUTO_TEST_CASE(what_has_no_checksum_is_checked_by_its_hash) {
    const Folder folder;
    const std::string bytes = message(1);
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1));
    const std::string name = "2026-11-21/old.0." + std::to_string(packed.size());
    std::filesystem::create_directory(folder.path / "2026-11-21");
    std::ofstream{folder.path / "2026-11-21" / "old.pack", std::ios::binary} << packed;
    BOOST_TEST(*thaw_to_send(folder.path, name, "", sha256_hex(bytes)) == bytes);
    BOOST_TEST(problem_of(thaw_to_send(folder.path, name, id(1), sha256_hex("x"))) == "frozen_spoilt");
}

BOOST_AUTO_TEST_CASE(names_that_lead_nowhere) {
    const Folder folder;
    for (const char* name :
         {"", ".", "..", "2026-11-21/abc", "2026-11-21/abc.0", "2026-11-21/abc.0.x", "2026-11-21/abc.-1.5",
          "2026-11-21/abc.0.99999999999999", "2026-11-21/../../etc/passwd.0.10", "../2026-11-2/abc.0.10",
          "2026-11-21/a/b.0.10", "2026-11-21/.0.10", "2026-11-21/abc.0.10"})
        BOOST_TEST(problem_of(thaw(folder.path, name, "")) == "frozen_missing", name);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told_and_spoils_nothing) {
    const Folder folder;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    FrozenPack pack{folder.path, today};
    const auto first = pack.add(message(1));
    rlimit small{200, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    std::string bytes;
    for (unsigned i = 0; i < 1000; ++i) bytes += static_cast<char>('a' + (i * i * 2654435761u >> 7) % 26);
    const auto second = pack.add(bytes);
    setrlimit(RLIMIT_FSIZE, &before);
    BOOST_TEST(problem_of(second) == "frozen_not_written");
    BOOST_TEST(*thaw(folder.path, *first, sha256_hex(message(1))) == message(1));
    BOOST_TEST(problem_of(FrozenPack("/proc/no-such-place", today).add(bytes)) == "frozen_not_written");
}

BOOST_AUTO_TEST_CASE(a_day_goes_but_for_the_packs_that_are_needed) {
    const Folder folder;
    std::string kept, gone;
    {
        FrozenPack one{folder.path, 2026y / 8 / 1};
        FrozenPack other{folder.path, 2026y / 8 / 1};
        FrozenPack young{folder.path, today};
        kept = *one.add(message(1));
        gone = *other.add(message(2));
        BOOST_REQUIRE(young.add(message(3)));
    }
    std::filesystem::create_directory(folder.path / "ab");
    BOOST_TEST(frozen_days_before(folder.path, today) == std::vector<std::string>{"2026-08-01"},
               boost::test_tools::per_element());
    drop_frozen_day(folder.path, "2026-08-01", {kept});
    BOOST_TEST(*thaw(folder.path, kept, sha256_hex(message(1))) == message(1));
    BOOST_TEST(problem_of(thaw(folder.path, gone, sha256_hex(message(2)))) == "frozen_missing");
    drop_frozen_day(folder.path, "2026-08-01", {});
    BOOST_TEST(!std::filesystem::exists(folder.path / "2026-08-01"));
    BOOST_TEST(frozen_days_before(folder.path / "not there", today).empty());
}

BOOST_AUTO_TEST_CASE(one_message_is_wiped_and_its_neighbours_stay) {
    const Folder folder;
    std::string first, second, third;
    {
        FrozenPack pack{folder.path, today};
        first = *pack.add(message(1));
        second = *pack.add("From: Anna de Boer" + message(2));
        third = *pack.add(message(3));
        BOOST_REQUIRE(pack.sync());
    }
    const auto bytes_on_disk = [&] {
        std::ifstream file{folder.path / (second.substr(0, second.find('.')) + ".pack"), std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    BOOST_TEST(bytes_on_disk().find("Anna") != std::string::npos);  // what is short is hardly packed
    BOOST_REQUIRE(wipe_frozen(folder.path, second));
    BOOST_TEST(bytes_on_disk().find("Anna") == std::string::npos);
    BOOST_TEST(problem_of(thaw(folder.path, second, sha256_hex("From: Anna de Boer" + message(2)))) ==
               "frozen_spoilt");
    BOOST_TEST(*thaw(folder.path, first, sha256_hex(message(1))) == message(1));
    BOOST_TEST(*thaw(folder.path, third, sha256_hex(message(3))) == message(3));
    // Again, and of what is gone or was never there: done.
    BOOST_TEST(bool{wipe_frozen(folder.path, second)});
    drop_frozen_day(folder.path, "2026-11-21", {});
    for (const char* name : {second.c_str(), "2026-11-21/none.0.10", "../../etc/passwd.0.4", ""})
        BOOST_TEST(bool{wipe_frozen(folder.path, name)});
}
