// What waits for a person among the received messages, the most urgent first. [gil-held], inside a
// transaction.
#pragma once

#include "tryton/value.hpp"

#include <optional>

namespace raadspost::crm {

// The next one that is not among `passed_over`; those in `first` come before all others, as long as they
// wait.
std::optional<tryton::Id> next_to_judge(const tryton::Ids& first, const tryton::Ids& passed_over);
std::int64_t count_to_judge();

}  // namespace raadspost::crm
