// What a message says about a council and its province, read for many councils at once. A handful of queries,
// however many councils; nothing here is kept. [gil-held], inside a transaction; the values are [any-thread].
#pragma once

#include "core/appeal/fields.hpp"
#include "tryton/value.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::crm {

struct CouncilFacts {
    std::string code, name, province_name;
    tryton::Id province = 0;  // 0: none
    std::int64_t inhabitants = 0;
    std::int64_t seats = 0;
    // Of the council that sits today: its own term, or that of the law while none is known.
    std::string period, voting_day, installation_day;
    std::optional<std::int64_t> new_councillors;  // nothing: not known
    std::vector<std::string> village_organisations;
    std::vector<std::string> meeting_places;
};
std::map<tryton::Id, CouncilFacts> load_council_facts(const tryton::Ids& councils);

struct ProvinceFigures {
    std::int64_t village_organisations = 0;
    std::int64_t meeting_places = 0;
    std::vector<std::string> village_organisation_names;  // the first few, the rest as empty texts
    std::vector<std::string> meeting_place_names;
    std::string association;  // of this province, if there is one
};
std::map<tryton::Id, ProvinceFigures> load_province_figures();  // of all provinces

struct GriffieFacts {
    std::string name, mailbox, griffier, greeting, street, postcode, city, status;
};
std::map<tryton::Id, GriffieFacts> load_griffie_facts(const tryton::Ids& griffies);

// For each council the griffie that it would be written to at; none is missing from the map.
std::map<tryton::Id, tryton::Id> choose_griffies(const tryton::Ids& councils);

// The values that follow from the council, its province and its griffie; the rest is the caller's.
appeal::FieldValues field_values(const CouncilFacts& council, const ProvinceFigures& province,
                                 const GriffieFacts& griffie);

// The lines of the letter's address window.
std::vector<std::string> addressee_lines(const CouncilFacts& council, const GriffieFacts& griffie);

}  // namespace raadspost::crm
