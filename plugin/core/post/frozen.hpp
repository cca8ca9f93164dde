// Frozen messages: the exact bytes of each released message, compressed. What one release makes lies in one
// file, a pack, and the packs of a day in one folder (<folder>/2026-11-21/<id>.pack): to make, open and
// remove a file for each of ten thousand messages costs more than to compose them. A message's place,
// "2026-11-21/<id>.<offset>.<size>", is its name. Each carries a checksum (zstd's own), so that what a
// power cut left short or empty is noticed: then the message is made anew, which is safe as long as nobody
// has claimed it. Its SHA-256 before compression is kept by the caller, for whoever asks years later whether
// it is still what was frozen. Safe on any thread.
//
// zstd (libzstd): a letter's base64 packs at several hundred MB/s where zlib would cost more than drawing the
// letter.
#pragma once

#include "core/no_host.hpp"
#include "core/result.hpp"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::post {

// SHA-256 as 64 hex digits.
std::string sha256_hex(std::string_view bytes);

// One pack that is being filled, by several threads at once. Its file is made with its first message.
class FrozenPack {
public:
    FrozenPack(std::filesystem::path folder, std::chrono::year_month_day day);
    ~FrozenPack();
    FrozenPack(const FrozenPack&) = delete;
    FrozenPack& operator=(const FrozenPack&) = delete;

    // Writes the message behind the others and gives its name. Problem "frozen_not_written" (disk full, no
    // rights): what was written before stays good.
    Result<std::string> add(std::string_view bytes);
    // What was added survives a power cut: for messages that cannot be made anew.
    Result<Done> sync();

private:
    Result<Done> open();
    const std::filesystem::path folder_;
    const std::string name_;  // "2026-11-21/<id>"
    std::mutex mutex_;
    int descriptor_ = -1;
    std::uint64_t end_ = 0;  // bytes given away
};

// Problem "frozen_missing" when it is not there (any more), "frozen_spoilt" when its content is not what
// `hash` says.
Result<std::string> thaw(const std::filesystem::path& folder, const std::string& name,
                         const std::string& hash);

// The same, known by the pack's checksum and by the Message-ID in its header, which no two messages share:
// that takes a fiftieth of the time, and is enough to send it. Packs of before they had a checksum are
// checked by the hash.
Result<std::string> thaw_to_send(const std::filesystem::path& folder, const std::string& name,
                                 std::string_view message_id, const std::string& hash);

// Overwrites a message within its pack, for good: the others of the pack stay readable. Done as well when it
// is gone already. Problem "frozen_not_wiped": it may lie there still, try again.
Result<Done> wipe_frozen(const std::filesystem::path& folder, const std::string& name);

// The days, as "2026-11-21", of which there are packs and which lie before `day`.
std::vector<std::string> frozen_days_before(const std::filesystem::path& folder,
                                            std::chrono::year_month_day day);

// Removes a day's packs, but not those that hold one of the messages `kept`; a folder that is empty then
// goes too.
void drop_frozen_day(const std::filesystem::path& folder, const std::string& day,
                     const std::vector<std::string>& kept);

}  // namespace raadspost::post
