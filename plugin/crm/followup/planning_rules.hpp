// What the configuration says about when mail may leave and how steps are planned, as the core takes it.
// [gil-held], inside a transaction.
#pragma once

#include "core/followup/facts.hpp"
#include "tryton/value.hpp"

#include <chrono>
#include <optional>

namespace raadspost::crm {

followup::Rules planning_rules();
calendar::SendingHours sending_hours();

// Of a Time field, as a record or a row tells it; nothing where it is empty.
std::optional<std::chrono::minutes> time_of_day(const tryton::Value& value);

}  // namespace raadspost::crm
