#include "core/link/token.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <optional>
#include <stdexcept>
#include <vector>

#include "core/ascii.hpp"
#include "core/fold.hpp"

namespace raadspost::link {
namespace {

constexpr std::size_t signature_bytes = 16;  // 128 bits; mail.md asks for at least 120
constexpr std::size_t head_bytes = 2;
constexpr std::size_t row_bytes = 8;
constexpr std::uint8_t version = 1;
constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";

using Bytes = std::vector<unsigned char>;

std::string base32(const Bytes& bytes) {
    std::string text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const unsigned char byte : bytes) {
        bits = (bits << 8) | byte;
        for (count += 8; count >= 5; count -= 5) text += alphabet[(bits >> (count - 5)) & 31];
    }
    if (count > 0) text += alphabet[(bits << (5 - count)) & 31];
    return text;
}

std::optional<Bytes> unbase32(std::string_view text) {
    Bytes bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char letter : text) {
        const std::size_t value = alphabet.find(lowered(letter));
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 5) | static_cast<std::uint32_t>(value);
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<unsigned char>((bits >> count) & 255));
        }
    }
    // One spelling per token: no spare letter, no spare bit.
    if (count >= 5 || (bits & ((1u << count) - 1)) != 0) return std::nullopt;
    return bytes;
}

std::array<unsigned char, 32> signature(const Key& key, const Bytes& head) {
    std::array<unsigned char, 32> full{};
    unsigned length = 0;
    if (::HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), head.data(), head.size(), full.data(),
               &length) == nullptr)
        throw std::runtime_error{"HMAC-SHA-256 is not available in this OpenSSL"};
    return full;
}

Problem invalid() {
    return Problem{
        "link_invalid", {}, {}, "This link or address was not made by this system, or is no longer valid."};
}

}  // namespace

std::string signed_token(const KeyRing& ring, Kind kind, std::int64_t row) {
    if (row <= 0) throw std::invalid_argument{"a token names a row with a positive id"};
    Bytes bytes{static_cast<unsigned char>(version << 4 | static_cast<std::uint8_t>(kind)), ring.newest()};
    int shift = 56;
    while (((row >> shift) & 255) == 0) shift -= 8;
    for (; shift >= 0; shift -= 8) bytes.push_back(static_cast<unsigned char>((row >> shift) & 255));
    const auto mark = signature(ring.key(kind, ring.newest()).value(), bytes);
    bytes.insert(bytes.end(), mark.begin(), mark.begin() + signature_bytes);
    return base32(bytes);
}

Result<std::int64_t> checked_row(const KeyRing& ring, Kind kind, std::string_view token) {
    constexpr std::size_t shortest = head_bytes + 1 + signature_bytes;
    constexpr std::size_t longest = head_bytes + row_bytes + signature_bytes;
    if (token.size() > (longest * 8 + 4) / 5) return invalid();
    const std::optional<Bytes> bytes = unbase32(token);
    if (!bytes || bytes->size() < shortest || bytes->size() > longest) return invalid();
    if ((*bytes)[0] != (version << 4 | static_cast<std::uint8_t>(kind))) return invalid();
    const std::optional<Key> key = ring.key(kind, (*bytes)[1]);
    if (!key) return invalid();

    const auto tail = bytes->end() - static_cast<std::ptrdiff_t>(signature_bytes);
    const Bytes head{bytes->begin(), tail};
    const auto expected = signature(*key, head);
    if (::CRYPTO_memcmp(expected.data(), &*tail, signature_bytes) != 0) return invalid();

    std::uint64_t row = 0;
    for (std::size_t i = head_bytes; i < head.size(); ++i) row = row << 8 | head[i];
    if (head[head_bytes] == 0 || row > static_cast<std::uint64_t>(INT64_MAX)) return invalid();
    return static_cast<std::int64_t>(row);
}

std::string signed_address(const KeyRing& ring, Kind kind, std::int64_t row, std::string_view domain) {
    return std::string{name(kind)} + "+" + signed_token(ring, kind, row) + "@" + std::string{domain};
}

Result<std::int64_t> row_of_address(const KeyRing& ring, Kind kind, std::string_view address,
                                    std::string_view domain) {
    const std::string prefix = std::string{name(kind)} + "+";
    const std::string folded = folded_mailbox(address);
    const std::size_t at = folded.rfind('@');
    if (at == std::string::npos || folded.substr(at + 1) != folded_mailbox(domain)) return invalid();
    if (!folded.starts_with(prefix)) return invalid();
    return checked_row(ring, kind, std::string_view{folded}.substr(prefix.size(), at - prefix.size()));
}

std::string_view name(Kind kind) {
    switch (kind) {
        case Kind::bounce:
            return "bounce";
        case Kind::reply:
            return "reply";
        case Kind::unsubscribe:
            return "unsubscribe";
        case Kind::web:
            return "web";
        case Kind::letter:
            return "letter";
        case Kind::answer:
            return "answer";
    }
    return {};
}

}  // namespace raadspost::link
