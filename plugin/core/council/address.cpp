#include "core/council/address.hpp"

#include "core/fold.hpp"

#include <algorithm>
#include <array>

namespace raadspost {
namespace {

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_atom(char c) {  // RFC 5322 3.2.3
    return is_alphanumeric(c) || std::string_view{"!#$%&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos;
}

bool is_domain(std::string_view domain) {
    if (domain.size() > 253 || domain.find('.') == std::string_view::npos) return false;
    while (true) {
        const auto end = domain.find('.');
        const auto label = domain.substr(0, end);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-' ||
            !std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; }))
            return false;
        if (end == std::string_view::npos) return label.size() > 1;
        domain.remove_prefix(end + 1);
    }
}

}  // namespace

std::string domain_of(std::string_view mailbox_or_url) {
    std::string text = folded_mailbox(mailbox_or_url);
    if (const auto scheme = text.find("://"); scheme != std::string::npos) text.erase(0, scheme + 3);
    text.erase(std::min(text.find_first_of("/?#"), text.size()));
    if (const auto at = text.rfind('@'); at != std::string::npos) text.erase(0, at + 1);
    text.erase(std::min(text.find(':'), text.size()));
    if (text.starts_with("www.")) text.erase(0, 4);
    return is_domain(text) ? text : std::string{};
}

bool is_mailbox(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || text.size() > 254) return false;
    const auto local = text.substr(0, at);
    if (local.empty() || local.size() > 64 || local.front() == '.' || local.back() == '.' ||
        local.find("..") != std::string_view::npos)
        return false;
    return std::ranges::all_of(local, [](char c) { return is_atom(c) || c == '.'; }) &&
           is_domain(text.substr(at + 1));
}

std::vector<std::string> proposed_griffie_mailboxes(std::string_view website) {
    std::string domain = domain_of(website);
    if (domain.empty()) return {};
    // Mail lives at the domain itself, even where the website is a sub-domain ("gemeente.groningen.nl").
    if (const auto top = domain.rfind('.'); top > 0)
        if (const auto second = domain.rfind('.', top - 1); second != std::string::npos)
            domain.erase(0, second + 1);
    constexpr std::array<std::string_view, 3> offices = {"griffie", "raadsgriffie", "griffier"};
    std::vector<std::string> mailboxes;
    for (const auto office : offices) mailboxes.push_back(std::string{office} + '@' + domain);
    return mailboxes;
}

std::string proposed_griffie_mailbox(std::string_view website) {
    auto mailboxes = proposed_griffie_mailboxes(website);
    return mailboxes.empty() ? std::string{} : std::move(mailboxes.front());
}

std::string postcode_of(std::string_view text) {
    std::string packed;
    for (const char c : text)
        if (c == ' ' || c == '\t')
            continue;
        else if (packed.size() == 6)
            return {};
        else
            packed += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (packed.size() != 6 || packed[0] < '1' || packed[0] > '9') return {};
    for (std::size_t i = 1; i < 4; ++i)
        if (packed[i] < '0' || packed[i] > '9') return {};
    for (std::size_t i = 4; i < 6; ++i)
        if (packed[i] < 'A' || packed[i] > 'Z') return {};
    return packed.substr(0, 4) + ' ' + packed.substr(4);
}

}  // namespace raadspost
