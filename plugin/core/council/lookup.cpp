#include "core/council/lookup.hpp"

#include "core/council/address.hpp"
#include "core/council/code.hpp"
#include "core/fold.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace raadspost {
namespace {

// Names that the electoral council, the post or the Frisians use beside the register's own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> all_second_names = {{
    {"GM0518", "'s-Gravenhage"},
    {"GM0518", "Haag, Den"},
    {"GM0796", "Den Bosch"},
    {"GM0796", "Hertogenbosch, 's"},
    {"GM0164", "Hengelo (O)"},
    {"GM0164", "Hengelo (Ov)"},
    {"GM0373", "Bergen (Noord-Holland)"},
    {"GM0893", "Bergen (Limburg)"},
    {"GM0820", "Nuenen"},
    {"GM0820", "Nuenen c.a."},
    {"GM1900", "Sudwest Fryslan"},
    {"GM1900", "Zuidwest-Friesland"},
    {"GM1970", "Noordoost-Friesland"},
    {"GM1940", "De Friese Meren"},
    {"GM0080", "Ljouwert"},
    {"GM0090", "Smallingerlân"},
    {"GM0072", "Harns"},
    {"GM0074", "It Hearrenfean"},
    {"GM0060", "It Amelân"},
    {"GM0088", "Skiermûntseach"},
    {"GM0093", "Skylge"},
    {"GM0096", "Flylân"},
}};

// The suffix tells same-named councils apart; in other tables it is left out or written without its brackets.
std::string without_suffix(std::string_view name) {
    if (!name.ends_with(')')) return {};
    const auto open = name.rfind('(');
    return open == std::string_view::npos || open == 0 ? std::string{} : folded(name.substr(0, open));
}

std::string bare(std::string name) {
    constexpr std::array<std::string_view, 10> before = {"de gemeente ",
                                                         "gemeente ",
                                                         "gem ",
                                                         "gemeenteraad van de gemeente ",
                                                         "gemeenteraad van ",
                                                         "gemeenteraad ",
                                                         "raad van de gemeente ",
                                                         "griffie van de gemeente ",
                                                         "griffie gemeente ",
                                                         "griffie "};
    for (const auto prefix : before)
        if (name.starts_with(prefix)) {
            name.erase(0, prefix.size());
            break;
        }
    constexpr std::string_view after = " gemeente";
    if (name.ends_with(after)) name.erase(name.size() - after.size());
    return name;
}

CouncilsMeant meant(const std::unordered_map<std::string, CouncilsMeant>& in, const std::string& key) {
    const auto found = in.find(key);
    return found == in.end() ? CouncilsMeant{} : found->second;
}

}  // namespace

std::vector<std::string_view> second_names(std::string_view code) {
    std::vector<std::string_view> names;
    for (const auto& [of, name] : all_second_names)
        if (of == code) names.push_back(name);
    return names;
}

CouncilIndex::CouncilIndex(std::span<const Council> councils) {
    for (const Council& council : councils) {
        add(by_code_, council.code, council.code);
        add(by_name_, folded(council.name), council.code);
        add(by_name_, without_suffix(council.name), council.code);
        add(by_domain_, domain_of(council.website_domain), council.code);
    }
    for (const auto& [code, name] : all_second_names)
        if (by_code_.contains(std::string{code})) add(by_name_, folded(name), std::string{code});
}

CouncilsMeant CouncilIndex::find(std::string_view text) const {
    if (const auto code = council_code(text))
        if (auto found = meant(by_code_, *code); !found.empty()) return found;
    const std::string name = folded(text);
    if (name.empty()) return {};
    if (auto found = meant(by_name_, name); !found.empty()) return found;
    return meant(by_name_, bare(name));
}

CouncilsMeant CouncilIndex::find_by_address(std::string_view mailbox_or_url) const {
    std::string domain = domain_of(mailbox_or_url);
    while (domain.find('.') != std::string::npos) {
        if (auto found = meant(by_domain_, domain); !found.empty()) return found;
        domain.erase(0, domain.find('.') + 1);
    }
    return {};
}

void CouncilIndex::add(std::unordered_map<std::string, CouncilsMeant>& to, std::string key,
                       const std::string& code) {
    if (key.empty()) return;
    CouncilsMeant& codes = to[std::move(key)];
    const auto place = std::ranges::lower_bound(codes, code);
    if (place == codes.end() || *place != code) codes.insert(place, code);
}

}  // namespace raadspost
