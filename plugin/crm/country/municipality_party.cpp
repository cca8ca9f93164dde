#include "crm/country/municipality_party.hpp"

#include "core/council/lookup.hpp"
#include "core/fold.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace raadspost::crm {
namespace {

using namespace tryton;

// Identifiers are compared without the blanks, dots and names that people put into them.
std::string bare(std::string identifier) {
    std::erase_if(identifier, [](char c) { return c == ' ' || c == '.' || c == '-'; });
    std::transform(identifier.begin(), identifier.end(), identifier.begin(),
                   [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    for (const std::string_view name : {"kvknummer", "kvk", "rsin", "oin"})
        if (identifier.starts_with(name)) identifier.erase(0, name.size());
    return identifier;
}

// "Gem. Bergen", "Gemeenteraad Zandvoort", but not the griffie, which may be a party of its own.
bool is_municipality(std::string_view folded_name) {
    return folded_name.starts_with("gemeente") || folded_name.starts_with("gem ");
}

}  // namespace

PartyMatch match_parties(const std::vector<Municipality>& municipalities) {
    std::unordered_map<Id, std::string> taken;
    for (auto& [party, code] :
         Rows<Id, std::string>{"select party, code from raadspost_council where party is not null"})
        taken.emplace(party, std::move(code));

    std::unordered_map<std::string, Id> by_identifier;
    for (const auto& [party, code] : Rows<Id, std::string>{
             "select i.party, i.code from party_identifier i join party_party p on p.id = i.party "
             "where p.active and i.code is not null"})
        by_identifier.emplace(bare(code), party);

    std::unordered_map<std::string, Ids> by_name;
    for (const auto& [party, name] :
         Rows<Id, std::string>{"select id, name from party_party where active and name is not null"})
        by_name[folded(name)].push_back(party);

    // Under another of its names, or one that two share: a person is asked.
    std::vector<Council> councils;
    for (const Municipality& each : municipalities) {
        Council& council = councils.emplace_back();
        council.code = each.code;
        council.name = each.name;
    }
    const CouncilIndex index{councils};
    std::map<std::string, Ids> alike;
    for (const auto& [name, parties] : by_name)
        if (is_municipality(name))
            for (const std::string& code : index.find(name))
                alike[code].insert(alike[code].end(), parties.begin(), parties.end());

    PartyMatch match;
    for (const Municipality& each : municipalities) {
        const auto free = [&](Id party) {
            const auto council = taken.find(party);
            return council == taken.end() || council->second == each.code;
        };
        Id party = 0;
        for (const std::string& identifier : each.identifiers)
            if (const auto found = by_identifier.find(bare(identifier));
                party == 0 && found != by_identifier.end() && free(found->second))
                party = found->second;
        const auto full = by_name.find("gemeente " + folded(each.name));
        if (party == 0 && full != by_name.end()) {
            if (full->second.size() == 1 && free(full->second.front()))
                party = full->second.front();
            else
                match.doubtful[each.code] = full->second.front();
        }
        const auto same = by_name.find(folded(each.name));
        Ids& others = alike[each.code];
        std::erase_if(others, [&](Id other) { return !free(other); });
        if (party != 0) {
            match.found[each.code] = party;
            taken.emplace(party, each.code);
        } else if (!match.doubtful.contains(each.code)) {
            if (same != by_name.end() && free(same->second.front()))
                match.doubtful[each.code] = same->second.front();
            else if (!others.empty())
                match.doubtful[each.code] = *std::ranges::min_element(others);
        }
    }
    return match;
}

tryton::Ids create_parties(const std::vector<Municipality>& municipalities) {
    if (municipalities.empty()) return {};
    std::vector<Dict> rows;
    rows.reserve(municipalities.size());
    for (const Municipality& each : municipalities) {
        List identifiers;
        for (const std::string& code : each.identifiers) identifiers.push_back(Dict{{"code", code}});
        Dict row{{"name", "Gemeente " + each.name},
                 {"identifiers", List{List{"create", std::move(identifiers)}}},
                 {"addresses", List{}}};
        if (!each.city.empty())
            row["addresses"] = List{List{
                "create",
                List{Dict{{"street", each.street}, {"postal_code", each.postcode}, {"city", each.city}}}}};
        rows.push_back(std::move(row));
    }
    return create("party.party", rows);
}

}  // namespace raadspost::crm
