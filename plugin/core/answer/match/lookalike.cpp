#include "core/answer/match/lookalike.hpp"

#include "core/fold.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace raadspost::answer {
namespace {

constexpr std::size_t longest_label = 63;

// How many letters must be changed, put in or left out; neighbours that changed places count once.
std::size_t distance(std::string_view a, std::string_view b) {
    if (a.size() > longest_label || b.size() > longest_label) return longest_label;
    std::vector<std::size_t> before2(b.size() + 1), before(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] =
                std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before2[j - 2] + 1);
        }
        before2 = before;
        before = row;
    }
    return before[b.size()];
}

std::string letters(std::string_view text) {
    std::string out;
    for (const char c : text)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    return out;
}

// Digits and pairs that are read as letters.
std::string as_read(std::string_view label) {
    std::string out;
    for (std::size_t i = 0; i < label.size(); ++i) {
        const char c = label[i];
        if (c == '0')
            out += 'o';
        else if (c == '1')
            out += 'l';
        else if (c == 'r' && i + 1 < label.size() && label[i + 1] == 'n')
            out += 'm', ++i;
        else if (c == 'v' && i + 1 < label.size() && label[i + 1] == 'v')
            out += 'w', ++i;
        else
            out += c;
    }
    return out;
}

}  // namespace

std::string_view registered_domain(std::string_view domain) {
    const std::size_t last = domain.rfind('.');
    if (last == std::string_view::npos || last == 0) return domain;
    const std::size_t before = domain.rfind('.', last - 1);
    return before == std::string_view::npos ? domain : domain.substr(before + 1);
}

bool has_foreign_letters(std::string_view domain) {
    return domain.starts_with("xn--") || domain.find(".xn--") != std::string_view::npos ||
           std::any_of(domain.begin(), domain.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

bool looks_like(std::string_view domain, std::string_view real, std::string_view name) {
    domain = registered_domain(domain);
    real = registered_domain(real);
    if (domain.empty() || domain == real) return false;
    const std::string_view label = domain.substr(0, domain.rfind('.')), top = domain.substr(label.size());
    const std::string_view real_label = real.substr(0, real.rfind('.')),
                           real_top = real.substr(real_label.size());
    if (label == real_label && top != real_top) return true;
    // Nearly all domains are of no likeness at all: they go without any computing.
    const auto shares_edge = [&](std::size_t n) {
        return label.substr(0, n) == real_label.substr(0, n) ||
               (label.size() >= n && real_label.size() >= n &&
                label.substr(label.size() - n) == real_label.substr(real_label.size() - n));
    };
    if (!shares_edge(2) && label.find(real_label) == std::string_view::npos) return false;
    const std::string plain = letters(label), real_plain = letters(real_label),
                      council = letters(folded(name));
    if (plain == real_plain && top == real_top) return label != real_label;
    constexpr std::size_t long_enough = 5, very_long = 9;
    if (real_plain.size() >= long_enough) {
        if (as_read(plain) == as_read(real_plain)) return true;
        const std::size_t off = distance(plain, real_plain);
        if (off <= 1 || (off == 2 && real_plain.size() >= very_long)) return true;
    }
    if (council.size() < long_enough || plain.find(council) == std::string::npos) return false;
    // Words that make a name sound official; the name of a neighbour beside it makes a shared service.
    constexpr std::array<std::string_view, 20> bait = {
        "griffie", "raadsgriffie", "gemeenteraad", "raadspost", "mail",     "post",    "info",
        "online",  "web",          "secure",       "login",     "portaal",  "portal",  "nl",
        "support", "service",      "admin",        "beheer",    "griffier", "overheid"};
    constexpr std::array<std::string_view, 4> usual = {"", "gemeente", "raad", "gem"};
    const std::size_t at = plain.find(council);
    const std::string rest = plain.substr(0, at) + plain.substr(at + council.size());
    if (std::find(usual.begin(), usual.end(), rest) != usual.end()) return top != real_top;
    return std::any_of(bait.begin(), bait.end(),
                       [&](std::string_view word) { return rest.find(word) != std::string::npos; });
}

}  // namespace raadspost::answer
