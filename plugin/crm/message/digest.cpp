#include "crm/message/digest.hpp"

#include <openssl/evp.h>
#include <array>
#include <stdexcept>

namespace raadspost::crm {

namespace {

std::string hexadecimal_of(const std::array<unsigned char, 32>& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const unsigned char each : bytes) {
        text += digits[each >> 4];
        text += digits[each & 15];
    }
    return text;
}

}  // namespace

void Digest::Free::operator()(evp_md_ctx_st* context) const noexcept {
    EVP_MD_CTX_free(context);
}

Digest::Digest() : context_{EVP_MD_CTX_new()} {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1)
        throw std::runtime_error{"OpenSSL offers no SHA-256"};
}

Digest& Digest::add(std::string_view value) {
    const std::string length = std::to_string(value.size()) + ":";
    if (EVP_DigestUpdate(context_.get(), length.data(), length.size()) != 1 ||
        EVP_DigestUpdate(context_.get(), value.data(), value.size()) != 1)
        throw std::runtime_error{"SHA-256 failed"};
    return *this;
}

std::string Digest::hexadecimal() {
    std::array<unsigned char, 32> bytes{};
    if (EVP_DigestFinal_ex(context_.get(), bytes.data(), nullptr) != 1)
        throw std::runtime_error{"SHA-256 failed"};
    return hexadecimal_of(bytes);
}

std::string sha256(std::string_view text) {
    std::array<unsigned char, 32> bytes{};
    if (EVP_Digest(text.data(), text.size(), bytes.data(), nullptr, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error{"SHA-256 failed"};
    return hexadecimal_of(bytes);
}

}  // namespace raadspost::crm
