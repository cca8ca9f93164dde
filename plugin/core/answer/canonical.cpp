#include "core/answer/canonical.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace raadspost::answer {
namespace {

struct FreeDigest {
    void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

class Digest {
public:
    Digest() {
        if (!digest_ || EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr) != 1)
            throw std::runtime_error{"OpenSSL has no SHA-256"};
    }

    void add(std::string_view bytes) { EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size()); }

    void add_line(std::string_view line) {
        if (line.ends_with('\n')) {
            line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
            add(line);
            add("\r\n");
        } else {
            add(line);
        }
    }

    std::string hex() {
        std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
        unsigned int size = 0;
        EVP_DigestFinal_ex(digest_.get(), value.data(), &size);
        std::string text;
        for (unsigned int i = 0; i < size; ++i) {
            constexpr std::string_view digits = "0123456789abcdef";
            text += digits[value[i] >> 4];
            text += digits[value[i] & 15];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, FreeDigest> digest_{EVP_MD_CTX_new()};
};

bool is_field(std::string_view line, std::string_view name) {
    if (line.size() <= name.size() ||
        !std::equal(name.begin(), name.end(), line.begin(), [](char want, char is) {
            return want == (is >= 'A' && is <= 'Z' ? static_cast<char>(is + 32) : is);
        }))
        return false;
    const std::size_t colon = line.find_first_not_of(" \t", name.size());
    return colon != std::string_view::npos && line[colon] == ':';
}

bool is_prefixed(std::string_view line, std::string_view prefix) {
    return line.size() > prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), line.begin(), [](char want, char is) {
               return want == (is >= 'A' && is <= 'Z' ? static_cast<char>(is + 32) : is);
           });
}

bool is_of_delivery(std::string_view line) {
    return is_field(line, "return-path") || is_field(line, "delivered-to") || is_field(line, "x-original-to");
}

bool is_of_receiver(std::string_view line) {
    return is_field(line, "authentication-results") || is_field(line, "received-spf") ||
           is_prefixed(line, "arc-");
}

}  // namespace

std::string canonical_hash(std::string_view bytes) {
    Digest digest;
    bool in_header = true, above_sender = true, dropped = false;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view line = bytes.substr(0, end == std::string_view::npos ? end : end + 1);
        bytes.remove_prefix(line.size());
        if (in_header) {
            const bool goes_on = line.front() == ' ' || line.front() == '\t';
            if (line == "\n" || line == "\r\n") {
                in_header = dropped = false;
            } else if (!goes_on) {
                const bool is_received = is_field(line, "received");
                dropped = is_of_delivery(line) || (is_received && above_sender);
                above_sender = above_sender && (dropped || is_received || is_of_receiver(line));
            }
            if (dropped) continue;
        }
        digest.add_line(line);
    }
    return digest.hex();
}

}  // namespace raadspost::answer
