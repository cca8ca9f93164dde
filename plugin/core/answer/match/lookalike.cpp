#include "core/answer/match/lookalike.hpp"

#include "core/ascii.hpp"
#include "core/fold.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace raadspost::answer {
namespace {

constexpr std::size_t longest_label = 63;
constexpr std::size_t long_enough = 5;  // one letter off a shorter name is often a word of its own
constexpr std::size_t very_long = 9;
constexpr std::size_t far_off = 2;  // letters; beyond it nobody mistakes one for the other

// Words that make a name sound official; the name of a neighbour beside it makes a shared service.
constexpr std::array<std::string_view, 22> bait = {
    "griffie", "raadsgriffie", "gemeenteraad", "raadspost", "mail",     "post",    "info", "online",
    "web",     "secure",       "login",        "portaal",   "portal",   "nl",      "com",  "eu",
    "support", "service",      "admin",        "beheer",    "griffier", "overheid"};
// With these the real ones are made as well.
constexpr std::array<std::string_view, 4> usual = {"", "gemeente", "raad", "gem"};

// How many letters must be changed, put in or left out, where that is no more than far_off; neighbours that
// changed places count once.
std::size_t distance(std::string_view a, std::string_view b) {
    if (a.size() > longest_label || b.size() > longest_label) return longest_label;
    if (a.size() > b.size() + far_off || b.size() > a.size() + far_off) return far_off + 1;
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

// Whether the name's first letters stand in the label: quick, and too often rather than too seldom.
bool begins_within(std::string_view name, std::string_view label) {
    constexpr std::size_t enough = 4;
    std::string begin;
    for (const char c : name.substr(0, enough)) {
        const char small = lowered(c);
        if (small < 'a' || small > 'z') break;  // "'s-Gravenhage", "Súdwest-Fryslân"
        begin += small;
    }
    return label.find(begin) != std::string_view::npos;
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
        else if (c == '3')
            out += 'e';
        else if (c == '5')
            out += 's';
        else if (c == 'c' && i + 1 < label.size() && label[i + 1] == 'l')
            out += 'd', ++i;
        else if (c == 'r' && i + 1 < label.size() && label[i + 1] == 'n')
            out += 'm', ++i;
        else if (c == 'v' && i + 1 < label.size() && label[i + 1] == 'v')
            out += 'w', ++i;
        else
            out += c;
    }
    return out;
}

// "goes.nl.example.com", "goes.nl-griffie.com": the real domain stands there whole, and is not what counts.
bool goes_on_behind(std::string_view domain, std::string_view real) {
    if (domain.size() <= real.size()) return false;
    for (std::size_t at = domain.find(real); at != std::string_view::npos; at = domain.find(real, at + 1)) {
        const std::size_t end = at + real.size();
        const bool begins = at == 0 || domain[at - 1] == '.' || domain[at - 1] == '-';
        if (begins && end < domain.size() && (domain[end] == '.' || domain[end] == '-')) return true;
    }
    return false;
}

// A name with nothing but one such word before or behind it, however short the name.
Likeness dressed_up(std::string_view plain, std::string_view name, bool same_top) {
    if (name.empty() || plain.size() < name.size()) return Likeness::none;
    const std::size_t more = plain.size() - name.size();
    for (const std::string_view rest :
         {plain.starts_with(name) ? plain.substr(name.size()) : std::string_view{"-"},
          plain.ends_with(name) ? plain.substr(0, more) : std::string_view{"-"}}) {
        if (std::find(bait.begin(), bait.end(), rest) != bait.end()) return Likeness::made_to_deceive;
        if (std::find(usual.begin(), usual.end(), rest) != usual.end())
            return same_top ? Likeness::doubtful : Likeness::made_to_deceive;
    }
    return Likeness::none;
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

Likeness likeness(const MailDomain& domain, const MailDomain& real, std::string_view name) {
    if (domain.registered.empty() || real.registered.empty() || domain.registered == real.registered)
        return Likeness::none;
    if (goes_on_behind(domain.whole, real.registered)) return Likeness::made_to_deceive;
    const std::string_view label = domain.label, top = domain.top, real_label = real.label,
                           real_top = real.top;
    if (label == real_label && top != real_top) return Likeness::made_to_deceive;
    // Nearly all domains are of no likeness at all: they go without measuring distances.
    const auto shares_edge = [&](std::size_t n) {
        return label.substr(0, n) == real_label.substr(0, n) ||
               (label.size() >= n && real_label.size() >= n &&
                label.substr(label.size() - n) == real_label.substr(real_label.size() - n));
    };
    if (!shares_edge(2) && label.find(real_label) == std::string_view::npos && !begins_within(name, label))
        return Likeness::none;
    const std::string council = letters(folded(name));
    const std::string plain = letters(label), real_plain = letters(real_label);
    if (plain == real_plain || as_read(plain) == as_read(real_plain)) return Likeness::made_to_deceive;
    const std::size_t off = distance(plain, real_plain);
    if (off <= 1) return real_plain.size() >= long_enough ? Likeness::made_to_deceive : Likeness::doubtful;
    if (off == 2 && real_plain.size() >= very_long) return Likeness::made_to_deceive;
    const Likeness dressed =
        std::max(dressed_up(plain, real_plain, top == real_top), dressed_up(plain, council, top == real_top));
    if (dressed != Likeness::none) return dressed;
    const std::size_t at = council.size() < long_enough ? std::string::npos : plain.find(council);
    if (at == std::string::npos) return Likeness::none;
    const std::string rest = plain.substr(0, at) + plain.substr(at + council.size());
    const bool baited = std::any_of(bait.begin(), bait.end(), [&](std::string_view word) {
        return rest.find(word) != std::string::npos;
    });
    return baited ? Likeness::made_to_deceive : Likeness::none;
}

}  // namespace raadspost::answer
