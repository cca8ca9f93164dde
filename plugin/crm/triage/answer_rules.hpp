// The rules by which answers are classified, as versions in the CRM: one is in use, the others stay one click
// away. What they may say is core/answer/rules.hpp's. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>

namespace raadspost::crm {

// Of the version in use; the one that came along where there is none.
std::string rules_in_use();

// What a change of the rules would do, without doing it: compares what each received message would be called,
// and how many of the examples that staff labelled it gets right. Replaces what an earlier check found.
void check_rules(tryton::Id rules);

}  // namespace raadspost::crm
