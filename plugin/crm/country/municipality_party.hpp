// Which parties of the CRM are municipalities that a register speaks of, so that none is made a second time:
// by identifier first (TOOI, OIN, RSIN, KvK), then by the name "Gemeente <name>". A party that merely bears
// the bare name is doubtful (Bergen may be a person) and left for somebody to link. [gil-held].
#pragma once

#include "tryton/value.hpp"

#include <map>
#include <string>
#include <vector>

namespace raadspost::crm {

struct Municipality {
    std::string code;  // CBS
    std::string name;
    std::vector<std::string> identifiers;
    std::string street, postcode, city;  // for a new party
};

struct PartyMatch {
    std::map<std::string, tryton::Id> found;     // by code
    std::map<std::string, tryton::Id> doubtful;  // by code: same bare name, or two candidates
};

// Parties that are linked to another council already are not offered. Two queries.
PartyMatch match_parties(const std::vector<Municipality>& municipalities);

// A party "Gemeente <name>" for each, with its identifiers and address; ids in order.
tryton::Ids create_parties(const std::vector<Municipality>& municipalities);

}  // namespace raadspost::crm
