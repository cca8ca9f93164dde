#include "core/council/membership.hpp"

#include "core/fold.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace raadspost {
namespace {

struct NameParts {
    std::string_view last_name, initials, prefix;
};

NameParts parts_of(std::string_view key) {
    const auto first = key.find('|');
    const auto second = first == std::string_view::npos ? first : key.find('|', first + 1);
    if (second == std::string_view::npos) return {key, {}, {}};
    return {key.substr(0, first), key.substr(first + 1, second - first - 1), key.substr(second + 1)};
}

bool begins_small(std::string_view text) {
    return !text.empty() && ((text.front() >= 'a' && text.front() <= 'z') || text.front() == '\'');
}

// One is the beginning of the other, and more than nothing.
bool one_begins_other(std::string_view a, std::string_view b) {
    return !a.empty() && !b.empty() && (a.starts_with(b) || b.starts_with(a));
}

// "vries" and "vries jansen", or "jansen vries".
bool half_of_other(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (a.empty() || a.size() == b.size()) return false;
    const bool first = b.starts_with(a) && b[a.size()] == ' ';
    const bool last = b.ends_with(a) && b[b.size() - a.size() - 1] == ' ';
    return first || last;
}

bool roughly_same(std::string_view one, std::string_view other) {
    const NameParts a = parts_of(one), b = parts_of(other);
    if (a.last_name == b.last_name && a.prefix == b.prefix) return one_begins_other(a.initials, b.initials);
    return a.initials == b.initials && !a.initials.empty() && half_of_other(a.last_name, b.last_name);
}

}  // namespace

std::string full_name(const ElectedMember& member) {
    const std::string called = member.first_name.empty() ? "" : "(" + member.first_name + ")";
    std::string name;
    for (const std::string& part : {member.initials, called, member.prefix, member.last_name})
        if (!part.empty()) name += (name.empty() ? "" : " ") + part;
    return name;
}

std::string name_key(const ElectedMember& member) {
    std::string_view last_name = member.last_name;
    std::string prefix = member.prefix;
    for (auto end = last_name.find(' '); end != std::string_view::npos && begins_small(last_name);
         end = last_name.find(' ')) {
        prefix += (prefix.empty() ? "" : " ") + std::string{last_name.substr(0, end)};
        last_name.remove_prefix(end + 1);
    }
    std::string initials = folded(member.initials);
    std::erase(initials, ' ');
    return folded(last_name) + "|" + initials + "|" + folded(prefix);
}

std::int32_t Renewal::new_count() const {
    return static_cast<std::int32_t>(std::ranges::count(is_new, true));
}

std::int32_t Renewal::returning_count() const {
    return static_cast<std::int32_t>(is_new.size()) - new_count();
}

Renewal renewal_of(std::span<const std::string> elected, std::span<const std::string> previous) {
    Renewal renewal;
    renewal.is_new.assign(elected.size(), true);
    std::map<std::string_view, std::size_t> sat, namesakes;
    for (const std::string& name : previous) ++sat[name];
    for (const std::string& name : elected) ++namesakes[name];
    std::map<std::string_view, std::size_t> left = sat;
    for (std::size_t n = 0; n < elected.size(); ++n) {
        if (elected[n].starts_with('|')) {  // nobody's name
            renewal.doubtful.push_back(n);
            continue;
        }
        const auto found = left.find(elected[n]);
        if (found == left.end()) continue;
        if (found->second > 0) {
            --found->second;
            renewal.is_new[n] = false;
        }
        if (sat[elected[n]] > 1 || namesakes[elected[n]] > 1) renewal.doubtful.push_back(n);
    }

    std::vector<std::string_view> unmatched;
    for (const auto& [name, number] : left) unmatched.insert(unmatched.end(), number, name);
    std::map<std::string_view, std::size_t> claims;
    std::map<std::size_t, std::vector<std::string_view>> rough;
    for (std::size_t n = 0; n < elected.size(); ++n) {
        if (!renewal.is_new[n] || sat.contains(elected[n]) || elected[n].starts_with('|')) continue;
        for (const std::string_view name : unmatched)
            if (roughly_same(elected[n], name)) {
                rough[n].push_back(name);
                ++claims[name];
            }
    }
    for (const auto& [n, names] : rough) {
        renewal.is_new[n] = names.size() != 1 || claims[names.front()] != 1;
        renewal.doubtful.push_back(n);
    }
    std::ranges::sort(renewal.doubtful);
    return renewal;
}

}  // namespace raadspost
