// Frozen messages: the exact bytes of each released message, compressed, one file each in the layout of the
// host's filestore (<folder>/ab/cd/abcd...). The name is the SHA-256 of the bytes before compression, so a
// file that a power cut left short or empty is noticed when it is read: then the message is made anew, which
// is safe as long as nobody has claimed it. Safe on any thread.
//
// zstd (libzstd): a letter's base64 packs at several hundred MB/s where zlib would cost more than drawing the
// letter.
#pragma once

#include "core/no_host.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace raadspost::post {

// SHA-256 as 64 hex digits.
std::string sha256_hex(std::string_view bytes);

// Writes the file unless it is there; gives its name. Problem "frozen_not_written" (disk full, no rights).
Result<std::string> freeze(const std::filesystem::path& folder, std::string_view bytes);

// Problem "frozen_missing" when there is no such file, "frozen_spoilt" when its content is not what its name
// says.
Result<std::string> thaw(const std::filesystem::path& folder, const std::string& name);

// Fine if it is gone already.
void drop_frozen(const std::filesystem::path& folder, const std::string& name);

}  // namespace raadspost::post
