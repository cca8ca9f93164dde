// Beneath effect.hpp: doing one effect, and taking it back. Both say what was there before and put back no
// more than what still stands as it was left. [gil-held], inside a transaction.
#pragma once

#include "crm/triage/effect.hpp"

namespace raadspost::crm {

// Of a record of its own (an outcome, a decision, a suppression) `record`; else what a column said.
struct Changed {
    tryton::Id record = 0;
    std::string was, became;
    bool anything() const { return record != 0 || was != became; }
};

struct Standing {
    tryton::Id row = 0, message = 0;
    Effect::Kind kind{};
    std::string target;
    tryton::Id appeal = 0, council = 0, step = 0, case_id = 0, dispatch = 0, griffie = 0;
    Changed changed;
};

// `councils` gets those whose plan changes with it.
Changed do_effect(tryton::Id message, const Effect& effect, std::set<tryton::Id>& councils);
void take_back(const Standing& standing, std::set<tryton::Id>& councils);

}  // namespace raadspost::crm
