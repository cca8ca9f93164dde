#include "crm/country/provinces.hpp"

#include "core/council/code.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;

Id netherlands() {
    for (const auto& [id] : Rows<Id>{"select id from country_country where code = 'NL' order by id"})
        return id;
    return create("country.country",
                  {{{"name", "Netherlands"}, {"code", "NL"}, {"code3", "NLD"}, {"code_numeric", "528"}}})
        .front();
}

}  // namespace

std::unordered_map<std::string, tryton::Id> provinces_by_iso() {
    std::unordered_map<std::string, Id> ids;
    const Scope all = Scope::without_access_checks();
    const Id country = netherlands();
    for (auto& [id, code] : Rows<Id, std::string>{
             "select id, code from country_subdivision where country = {} order by id desc", country})
        ids[code] = id;
    std::vector<Dict> missing;
    for (const Province& province : provinces())
        if (!ids.contains(std::string{province.iso}))
            missing.push_back({{"country", country},
                               {"name", province.name},
                               {"code", province.iso},
                               {"type", "province"}});
    const Ids made = create("country.subdivision", missing);
    for (std::size_t n = 0; n < made.size(); ++n) ids[missing[n]["code"].as<std::string>()] = made[n];
    return ids;
}

std::unordered_map<tryton::Id, std::string> iso_of_provinces() {
    std::unordered_map<Id, std::string> codes;
    for (auto& [id, code] :
         Rows<Id, std::string>{"select id, code from country_subdivision where code like 'NL-%'"})
        codes.emplace(id, std::move(code));
    return codes;
}

}  // namespace raadspost::crm
