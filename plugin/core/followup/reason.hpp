// Why a council gets nothing from a step, or not yet: the closed list, with the keys under which the CRM
// stores and translates them. Exactly one holds for each council that has no next moment. Pure: safe on any
// thread.
#pragma once

#include "core/no_host.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace raadspost::followup {

// In order of precedence.
enum class Reason : std::uint8_t {
    none,
    not_addressed,  // outside the appeal's own choice
    inactive,       // does not exist on that day, and nobody took over
    merged,         // its successor gets the step
    opted_out,
    suppressed,
    stopped,  // wants to hear no more of this appeal
    skipped,  // by staff
    no_election,
    past,           // after the last day of the step
    cond_answered,  // the step's condition does not hold: one for each condition
    cond_not_receipt,
    cond_passed_on,
    cond_listed,
    cond_not_passed_on,
    no_griffie,
    no_address,
    failing,      // mail to the address came back
    staff,        // held by staff
    unconfirmed,  // a guessed address, not allowed
    to_judge,     // what came back is not judged yet, and may say that the step is not to go
    approval,     // the step is not approved
    late,         // beyond the grace: a person is asked
};

inline constexpr std::array<std::string_view, 23> reason_keys = {"",
                                                                 "not_addressed",
                                                                 "inactive",
                                                                 "merged",
                                                                 "opted_out",
                                                                 "suppressed",
                                                                 "stopped",
                                                                 "skipped",
                                                                 "no_election",
                                                                 "past",
                                                                 "cond_answered",
                                                                 "cond_not_receipt",
                                                                 "cond_passed_on",
                                                                 "cond_listed",
                                                                 "cond_not_passed_on",
                                                                 "no_griffie",
                                                                 "no_address",
                                                                 "failing",
                                                                 "staff",
                                                                 "unconfirmed",
                                                                 "to_judge",
                                                                 "approval",
                                                                 "late"};

constexpr std::string_view key(Reason reason) {
    return reason_keys[static_cast<std::size_t>(reason)];
}

// Held: there is a day, and a dispatch that waits for something. The others have none.
constexpr bool waits(Reason reason) {
    return reason >= Reason::staff;
}

// What moved a message from the day that its step names; the strongest where there are several.
enum class MovedBy : std::uint8_t {
    nothing,
    not_before,
    hours,
    weekend,
    holiday,
    recess,
    silence,
    gap,
    absence
};

inline constexpr std::array<std::string_view, 9> moved_by_keys = {
    "", "not_before", "window", "weekend", "holiday", "recess", "silence", "gap", "absence"};

constexpr std::string_view key(MovedBy moved_by) {
    return moved_by_keys[static_cast<std::size_t>(moved_by)];
}

}  // namespace raadspost::followup
