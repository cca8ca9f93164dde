// What other concepts need of griffies: making many of them at once, and keeping their folded columns. The
// model itself is in griffie.cpp. [gil-held], in a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>
#include <vector>

namespace raadspost::crm {

struct ProposedGriffie {
    tryton::Id council = 0;
    std::string council_name;
    std::string email;     // empty when there is none to propose
    std::string griffier;  // the registrar's name; may be empty
};

// Makes an unconfirmed griffie for each, linked to its council: two bulk inserts. Gives their ids in order.
tryton::Ids add_griffies(const std::vector<ProposedGriffie>& proposals);

// Writes the folded columns (mailbox, search_name) anew where they are out of date, and those of the councils
// served.
void refresh_griffie_names(const tryton::Ids& griffies);

}  // namespace raadspost::crm
