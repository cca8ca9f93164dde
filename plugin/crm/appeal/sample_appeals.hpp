// The sample appeals as records: associations with their letterhead, signatories, texts. A start for staff
// and what the demo sends. What is there already (by name) is left alone. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

namespace raadspost::crm {

// Ids of the sample appeals, in the order of core/appeal/samples.hpp.
tryton::Ids load_samples();

// The same, to be called by name: load_samples() gives the list of ids.
tryton::Value load_samples_entry(const tryton::List& arguments);

}  // namespace raadspost::crm
