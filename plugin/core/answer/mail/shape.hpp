// The shape of a message, measured before it is parsed: one pass over the bytes counts parts, depth and
// header blocks, so that a bomb is turned away at the price of reading it once. It errs towards counting too
// much. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace raadspost::answer::mail {

// Which of the first limits in core/answer/limits.hpp the message goes beyond, as an English sentence;
// nothing if none.
std::optional<std::string> beyond_limits(std::string_view bytes);

}  // namespace raadspost::answer::mail
