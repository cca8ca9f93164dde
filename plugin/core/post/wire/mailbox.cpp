#include "core/post/wire/mailbox.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "core/post/limits.hpp"

namespace raadspost::post {
namespace {

constexpr std::size_t label_bytes = 63;
constexpr std::size_t domain_bytes = 253;

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= label_bytes && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label,
                               [](char letter) { return is_letter_or_digit(letter) || letter == '-'; });
}

template <class IsPart>
bool all_parts(std::string_view text, const IsPart& is_part) {
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!is_part(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

}  // namespace

bool is_atext(char letter) {
    return is_letter_or_digit(letter) ||
           std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(letter) != std::string_view::npos;
}

bool is_domain(std::string_view domain) {
    return domain.size() <= domain_bytes && all_parts(domain, is_label);
}

bool is_mailbox(std::string_view address) {
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos || at > limits::local_part_bytes ||
        address.size() > limits::address_bytes)
        return false;
    return all_parts(
               address.substr(0, at),
               [](std::string_view part) { return !part.empty() && std::ranges::all_of(part, is_atext); }) &&
           is_domain(address.substr(at + 1));
}

Result<Done> check_mailbox(std::string_view place, std::string_view address) {
    if (is_mailbox(address)) return Done{};
    std::string shown;
    for (const char letter : address.substr(0, limits::address_bytes))
        shown += letter >= ' ' && letter < 0x7f ? letter : '?';
    return Problem{
        "mail_address_invalid", std::string{place}, shown,
        std::string{place} + ": \"" + shown + "\" is not an e-mail address that can be written to."};
}

}  // namespace raadspost::post
