// The planner's facts out of the CRM's tables: a dozen queries, however many councils there are. What the
// plan says in positions is turned back into records by the tables that come with them. [gil-held], inside a
// transaction.
#pragma once

#include "core/followup/facts.hpp"
#include "tryton/value.hpp"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace raadspost::crm {

struct LoadedFacts {
    followup::Facts facts;
    tryton::Ids councils;                              // that they are about; empty: all
    std::vector<std::string> mailboxes;                // by the planner's number
    std::map<tryton::Id, tryton::Id> provinces;        // by council; absent: none known
    std::map<tryton::Id, tryton::Id> associations;     // by appeal
    std::map<tryton::Id, tryton::DateTime> starts_at;  // by appeal, to the second
    std::map<tryton::Id, bool> gets_dispatches;        // by appeal: it runs; else its plan is only shown
    std::map<std::pair<tryton::Id, followup::Day>, std::string>
        periods;  // council and installation: "2026-2030"

    // The term's name; by law where the CRM knows no term of that council.
    std::string period(tryton::Id council, followup::Day term, followup::Day when) const;
};

// Whether mail of this appeal has left: then its steps go on counting from its beginning.
bool has_left(tryton::Id appeal);

// Appeals to plan, and those whose mail counts for the gap between two messages. `councils`: empty for all.
LoadedFacts load_facts(const tryton::Ids& appeals, const tryton::Ids& councils, followup::Moment now);

}  // namespace raadspost::crm
