// What stands because of a received message (core/answer/acting/effect.hpp): a row each in
// raadspost.message.effect, with what was there before; so a message can be settled anew, and be taken back.
// Of two messages that say the same, the one that stays keeps what both changed. [gil-held], inside a
// transaction.
#pragma once

#include "core/answer/acting/effect.hpp"
#include "tryton/value.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace raadspost::crm {

using answer::Effect;

struct Reconciled {
    std::size_t done = 0, undone = 0;
    std::set<tryton::Id> councils;  // whose plan is to be made anew
    bool changed() const { return done + undone > 0; }
};

// Makes exactly these stand for the message: takes back what stands and is not among them, does what is
// missing. Asked twice for the same it changes nothing the second time. `event` logs it.
Reconciled reconcile(tryton::Id message, const std::vector<Effect>& wanted, tryton::Id event);

// Whether anything would change.
bool would_change(tryton::Id message, const std::vector<Effect>& wanted);

// These griffies have another address now: that the former one failed is no longer among what stands.
void forget_failures(const tryton::Ids& griffies);

// The reasons for the selection of dispatches.
std::vector<std::pair<std::string, std::string>> bounce_reasons();

}  // namespace raadspost::crm
