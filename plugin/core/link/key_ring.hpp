// The key ring: the secrets behind every signed link and address, in one file that only its owner may read.
// Each generation (key id) is 32 random bytes; each kind of link derives a key of its own from it, so that a
// token of one kind can never pass as another. New tokens are signed with the newest generation; older ones
// stay valid until they are retired. Not in the database, not in a log. A value: reading it is safe on any
// thread, once loaded.
//
// File: first line "raadspost-keys 1", then a line "key <id 1..255> <unix time> <64 hex digits>" per
// generation, oldest first. Mode 0600 is demanded; the file is replaced atomically. Loss of the file makes
// all links invalid.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/no_host.hpp"
#include "core/result.hpp"

namespace raadspost::link {

// What a token is good for. The numbers are on the wire: never renumber.
enum class Kind : std::uint8_t { bounce = 1, reply = 2, unsubscribe = 3, web = 4, letter = 5, answer = 6 };

using Key = std::array<unsigned char, 32>;

class KeyRing {
public:
    // Makes a new file with one generation. Problem if a file is there already or the folder cannot be
    // written.
    static Result<KeyRing> create(const std::filesystem::path& file, std::chrono::sys_seconds now);
    // Problem if the file is missing, readable by others (mode must be 0600), not ours, or spoilt.
    static Result<KeyRing> load(const std::filesystem::path& file);
    // For set-up: load, or create where there is none.
    static Result<KeyRing> load_or_create(const std::filesystem::path& file, std::chrono::sys_seconds now);

    // Adds a generation that signs from now on, and writes the file. At most 32 generations are kept.
    Result<Done> rotate(const std::filesystem::path& file, std::chrono::sys_seconds now);
    // Drops a generation: its tokens are void from now on. The newest cannot be retired.
    Result<Done> retire(const std::filesystem::path& file, std::uint8_t key_id);

    std::uint8_t newest() const { return generations_.back().id; }
    std::size_t size() const { return generations_.size(); }

    // The key of one kind within one generation; nothing if that generation is unknown or retired.
    std::optional<Key> key(Kind kind, std::uint8_t key_id) const;

private:
    struct Generation {
        std::uint8_t id;
        std::chrono::sys_seconds made;
        Key secret;
    };

    static Result<KeyRing> parse(const std::filesystem::path& file, std::string_view text);
    Result<Done> store(const std::filesystem::path& file, bool must_be_new) const;
    Result<Done> add_generation(std::chrono::sys_seconds now);

    std::vector<Generation> generations_;
};

}  // namespace raadspost::link
