// How long members of councils are kept by name. With their list they are special-category data (GDPR article
// 9): not at all unless the configuration says so, and then for so many days after they were imported.
// Numbers stay. [gil-held], in a transaction.
#pragma once

#include "tryton/value.hpp"

namespace raadspost::crm {

inline constexpr int member_retention_days = 1500;  // a term and some weeks, so that the next can be compared

bool keeps_member_names();

// Deletes the names that may no longer be kept, in imports too; gives how many members went.
std::int64_t forget_members(tryton::DateTime now);

}  // namespace raadspost::crm
