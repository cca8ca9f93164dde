// The host's party, as far as councils and associations hang on it: when staff merge two parties, ours follow
// to the one that stays.
#include "crm/entities.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;

void follow(const std::string& model, const std::string& table, const Ids& replaced, Id by) {
    std::vector<std::tuple<Id, Id>> moved;
    for (const auto& [id] : Rows<Id>{"select id from " + table + " where party in {}", replaced})
        moved.emplace_back(id, by);
    update_rows<Id>(model, {"party"}, moved);
}

// The host's wizard for merging writes `replaced_by`; it knows no models but its own.
void follow_replacement(const Ids& parties, Dict& values) {
    const auto by = values.find("replaced_by");
    if (by == values.end() || by->second.is_null()) return;
    follow("raadspost.council", "raadspost_council", parties, by->second.as<Id>());
    follow("raadspost.association", "raadspost_association", parties, by->second.as<Id>());
}

}  // namespace

tryton::Model party() {
    return Model::extending("party.party").before_write(follow_replacement);
}

}  // namespace raadspost::crm
