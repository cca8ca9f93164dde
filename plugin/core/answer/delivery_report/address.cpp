#include "core/answer/delivery_report/address.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace raadspost::answer::report {
namespace {

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (lowered(c) >= 'a' && lowered(c) <= 'z');
}

// RFC 5322 3.2.3 atext and the dot, without the quotes and braces that reports put around addresses.
bool is_local(char c) {
    return is_alphanumeric(c) || std::string_view("!#$%&*+/=?^_~.-'").find(c) != std::string_view::npos;
}

bool is_domain(char c) {
    return is_alphanumeric(c) || c == '.' || c == '-' || c == '_';
}

// What stands before an address in reports and is no part of it: "*user@", "'user@", "=user@", "...user@".
bool is_decoration(char c) {
    return std::string_view("*'=.-/!?&#").find(c) != std::string_view::npos;
}

std::string lower_domain(std::string_view address) {
    const std::size_t at = std::min(address.rfind('@'), address.size());
    return std::string{address.substr(0, at)} + lowered(address.substr(at));
}

}  // namespace

FoundAddress find_address(std::string_view text, std::size_t from) {
    // Two addresses may touch ("a@b.nl<mailto:a@b.nl>"), so the left side never reaches back before `floor`.
    std::size_t floor = from;
    for (std::size_t at = text.find('@', from); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t begin = at;
        if (begin > floor && text[begin - 1] == '"') {  // "a quoted one"@example.nl
            const std::size_t quote = begin >= 2 ? text.rfind('"', begin - 2) : std::string_view::npos;
            if (quote != std::string_view::npos && quote >= floor &&
                text.substr(quote, begin - quote).find('\n') == std::string_view::npos)
                begin = quote;
        } else {
            while (begin > floor && is_local(text[begin - 1])) --begin;
            while (begin < at && is_decoration(text[begin])) ++begin;
            for (const std::string_view prefix : {"SMTP=", "smtp=", "RFC822="})  // of X.400 names
                if (text.substr(begin, at - begin).starts_with(prefix)) begin += prefix.size();
        }
        std::size_t end = at + 1;
        while (end < text.size() && is_domain(text[end])) ++end;
        while (end > at + 1 && !is_alphanumeric(text[end - 1])) --end;
        const std::string_view domain = text.substr(at + 1, end - at - 1);
        if (begin < at && domain.find('.') != std::string_view::npos && is_alphanumeric(domain.front()) &&
            text.substr(begin, end - begin).find("..") == std::string_view::npos)
            return {lower_domain(text.substr(begin, end - begin)), begin, end};
        floor = std::max(floor, at + 1);
    }
    return {};
}

std::vector<FoundAddress> find_addresses(std::string_view text) {
    std::vector<FoundAddress> found;
    for (FoundAddress next = find_address(text); !next.address.empty(); next = find_address(text, next.end))
        found.push_back(next);
    return found;
}

std::string field_address(std::string_view value) {
    const std::size_t semicolon = value.find(';');
    if (semicolon != std::string_view::npos && value.find('@') > semicolon)
        value.remove_prefix(semicolon + 1);
    // "<@relay.example:user@host.example>" and "@relay.example:user@host.example" (RFC 5321 4.1.1.3)
    if (const std::size_t colon = value.rfind(':'); colon != std::string_view::npos &&
                                                    value.find('@') < colon &&
                                                    value.find('@', colon) != std::string_view::npos)
        value.remove_prefix(colon + 1);
    if (const FoundAddress found = find_address(value); !found.address.empty()) return found.address;
    // A name of the own network, "user@mailserver": still an address for comparing.
    while (!value.empty() && (value.front() == ' ' || value.front() == '<')) value.remove_prefix(1);
    value = value.substr(0, value.find_first_of(" >\t\r\n("));
    const std::size_t at = value.find('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == value.size() ||
        value.find("..") != std::string_view::npos)
        return {};
    return lower_domain(value);
}

bool same_address(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return lowered(a) == lowered(b); });
}

}  // namespace raadspost::answer::report
