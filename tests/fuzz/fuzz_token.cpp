// Tokens and addresses from anywhere: none passes that was not signed; one that passes is the only spelling
// of its row.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "core/fold.hpp"
#include "core/link/token.hpp"

using namespace raadspost;
using namespace raadspost::link;

namespace {

KeyRing made() {
    const auto file =
        std::filesystem::temp_directory_path() / ("raadspost-fuzz-keys-" + std::to_string(::getpid()));
    auto ring = KeyRing::create(file, std::chrono::sys_seconds{});
    if (!ring) std::abort();
    std::filesystem::remove(file);
    return *ring;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const KeyRing ring = made();
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    for (const Kind kind : {Kind::bounce, Kind::answer})
        if (const auto row = checked_row(ring, kind, text);
            row && signed_token(ring, kind, *row) != folded_mailbox(text))
            std::abort();
    if (row_of_address(ring, Kind::bounce, text, "post.example")) std::abort();
    return 0;
}
