// Which councils a text names. "Bergen" alone names none, because two councils bear it; "Bergen (NH)" does,
// and "Bergen op Zoom" is another. Pure; safe on any thread.
#pragma once

#include "core/council/lookup.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer {

struct Naming {
    int times = 0;
    bool as_council = false;  // "raad van X", "griffie X", "gemeente X"
};

// `folded` is raadspost::folded() of the text; `name` the council's as in the register.
Naming naming_of(std::string_view folded, std::string_view name, const CouncilIndex& country);

}  // namespace raadspost::answer
