// Signed tokens: short strings in links and addresses that name one row and one purpose, and that nobody
// without the key ring can make. A token links a message or a click to a row; it never says *who* wrote or
// clicked. Pure functions; safe on any thread.
//
// Grammar (before base32, RFC 4648 alphabet, lower case, no padding):
//     version (4 bits, 1), kind (4 bits), key id (1 byte), row id (1..8 bytes, big-endian, no leading zero
//     byte), the first 16 bytes of HMAC-SHA-256 over all that precedes.
// 32 to 42 characters; letters and digits only, read in either case, as mail systems may change it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/link/key_ring.hpp"
#include "core/no_host.hpp"
#include "core/result.hpp"

namespace raadspost::link {

// `row` must be positive: the id of the dispatch (or, for `answer`, of what the page is about).
std::string signed_token(const KeyRing& ring, Kind kind, std::int64_t row);

// The row that the token names, or a Problem ("link_invalid", the same for every cause, so that nothing can
// be learnt by trying). The signature is compared in constant time.
Result<std::int64_t> checked_row(const KeyRing& ring, Kind kind, std::string_view token);

// "bounce+<token>@<domain>"; kinds bounce and reply only. At most 64 octets before the @.
std::string signed_address(const KeyRing& ring, Kind kind, std::int64_t row, std::string_view domain);

// The row that an address of ours names: the whole domain must be `domain` and the local part
// "<kind>+<token>".
Result<std::int64_t> row_of_address(const KeyRing& ring, Kind kind, std::string_view address,
                                    std::string_view domain);

// The word before the plus: "bounce", "reply", ...
std::string_view name(Kind kind);

}  // namespace raadspost::link
