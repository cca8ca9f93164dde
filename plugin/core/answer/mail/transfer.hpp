// Content without its transfer encoding (RFC 2045 6), as GMime decodes it: tolerant of all that it finds.
// Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace raadspost::answer::mail {

// "7bit", "8bit", "binary" and none at all are identity.
enum class TransferEncoding : std::uint8_t { identity, quoted_printable, base64, uuencode };

// No encoding makes more octets of one, save uuencode's and base64's line ends.
inline constexpr std::size_t most_encoded = 4;

// The first `limit` octets.
std::string decoded_content(std::string_view encoded, TransferEncoding encoding, std::size_t limit);

// How many octets the whole is.
std::size_t decoded_size(std::string_view encoded, TransferEncoding encoding);

}  // namespace raadspost::answer::mail
