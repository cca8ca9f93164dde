#include "core/answer/mail/plain_address.hpp"

#include "core/ascii.hpp"

#include <algorithm>

namespace raadspost::answer::mail {
namespace {

// Letters and digits, with one of `marks` between two of them here and there.
bool is_dotted(std::string_view text, std::string_view marks) {
    bool may_mark = false;
    for (const char c : text) {
        if (is_letter_or_digit(c)) {
            may_mark = true;
        } else {
            if (!may_mark || marks.find(c) == std::string_view::npos) return false;
            may_mark = false;
        }
    }
    return may_mark;
}

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos) return false;
    const std::string_view domain = text.substr(at + 1);
    // Encoded domains are decoded by GMime.
    return is_dotted(text.substr(0, at), ".-_+") && is_dotted(domain, ".-") &&
           domain.find("--") == std::string_view::npos;
}

// A name in quotation marks or as a comment (RFC 5322 3.2.4 and 3.2.2) that means nothing but itself.
bool is_quoted_name(std::string_view text, std::string_view marks) {
    char before = ' ';
    for (const char c : text) {
        if (!is_letter_or_digit(c) && marks.find(c) == std::string_view::npos) return false;
        if (c == ' ' && before == ' ') return false;
        before = c;
    }
    return before != ' ';
}

// "griffie@example.nl (Griffie)", as old mailers sign.
std::optional<Address> with_comment(std::string_view value) {
    const std::size_t open = value.find(" (");
    if (open == std::string_view::npos || !value.ends_with(')')) return std::nullopt;
    const std::string_view address = value.substr(0, open);
    const std::string_view name = value.substr(open + 2, value.size() - open - 3);
    if (!is_address(address) || !is_quoted_name(name, " -_")) return std::nullopt;
    return Address{std::string{name}, std::string{address}};
}

}  // namespace

std::optional<Address> plain_address(std::string_view value) {
    if (is_address(value)) return Address{{}, std::string{value}};
    const std::size_t open = value.find('<');
    if (open == std::string_view::npos) return with_comment(value);
    if (!value.ends_with('>')) return std::nullopt;
    const std::string_view address = value.substr(open + 1, value.size() - open - 2);
    if (!is_address(address)) return std::nullopt;
    if (open == 0) return Address{{}, std::string{address}};
    if (value[open - 1] != ' ') return std::nullopt;
    std::string_view name = value.substr(0, open - 1);
    if (name.size() > 2 && name.starts_with('"') && name.ends_with('"')) {
        name = name.substr(1, name.size() - 2);
        if (!is_quoted_name(name, " -_,.'@&/:()")) return std::nullopt;
    } else if (!is_dotted(name, " -")) {
        return std::nullopt;
    }
    return Address{std::string{name}, std::string{address}};
}

}  // namespace raadspost::answer::mail
