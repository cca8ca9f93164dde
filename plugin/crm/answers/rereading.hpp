// Reading the archive again with the rules as they are now: first it says which messages would be taken
// otherwise, then a person has that done, or not. What a person has decided stays; only the examples that it
// made are scored by the newer rules. Goes on in slices, so that no request takes long. [gil-held], inside a
// transaction.
#pragma once

#include "tryton/value.hpp"

#include <chrono>

namespace raadspost::crm {

inline constexpr std::chrono::seconds reread_slice{10};

// Reads on where it stood; writes a line for each message that would change. At the end the record is "read".
void go_on_reading(tryton::Id rereading);

// Takes every message that has a line as it is read now. A line that no longer holds changes nothing.
void take_over(tryton::Id rereading);

}  // namespace raadspost::crm
