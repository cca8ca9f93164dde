// What came back to an appeal, counted: by kind, and how much of it waits for a person. [gil-held], inside a
// transaction.
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

// For appeals: a line per kind that stands, the most frequent first, and what is to be judged; empty where
// nothing came back.
tryton::Values answer_summaries(const tryton::Ids& appeals);

}  // namespace raadspost::crm
