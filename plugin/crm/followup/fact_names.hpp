// The keys that the CRM keeps of steps, outcomes, addresses and dispatches, as the planner's facts say them
// (core/followup/facts.hpp). Pure; for any thread.
#pragma once

#include "core/council/council.hpp"
#include "core/followup/facts.hpp"

#include <cstdint>
#include <string>

namespace raadspost::crm {

// std::out_of_range where the key is none of those of raadspost.step.
followup::Anchor anchor_of(const std::string& key);
followup::Condition condition_of(const std::string& key);
followup::LooksAt looks_at_of(const std::string& key);

// The bits of an outcome's kind; 0 of one that says nothing to a step.
std::uint16_t outcome_of(const std::string& kind);
AddressStatus status_of(const std::string& key);
followup::PostState post_state_of(const std::string& state);

}  // namespace raadspost::crm
