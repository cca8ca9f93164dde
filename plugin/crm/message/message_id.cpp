#include "crm/message/message_id.hpp"

#include <openssl/rand.h>
#include <stdexcept>

namespace raadspost::crm {

std::string new_message_id(std::string_view domain) {
    unsigned char bytes[16];
    if (RAND_bytes(bytes, sizeof bytes) != 1) throw std::runtime_error{"OpenSSL has no randomness"};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string id = "raadspost.";
    for (const unsigned char each : bytes) {
        id += digits[each >> 4];
        id += digits[each & 15];
    }
    return id.append("@").append(domain);
}

}  // namespace raadspost::crm
