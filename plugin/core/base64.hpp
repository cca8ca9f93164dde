// Base64 (RFC 4648 4), by two letters at a time out of a table: a letter of some 30 kB is encoded for every
// message, and OpenSSL's EVP_EncodeBlock takes five times as long. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost {

std::string base64(std::string_view bytes);

// As the body of a MIME part (RFC 2045 6.8): lines of 76 letters, each ended by CRLF.
std::string base64_lines(std::string_view bytes);

}  // namespace raadspost
