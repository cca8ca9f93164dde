// Whether a mail domain was made to be mistaken for another. Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer {

// The last two labels: "heemstede.nl" of "mx.heemstede.nl". What Dutch councils use has no deeper registry.
std::string_view registered_domain(std::string_view domain);

// `domain` is not `real` nor below it, but one or two letters off, the same name under another top-level
// domain, or the council's name with words that sound official ("heemstede-griffie.nl"). "gemeente" before or
// behind it is how many real domains are made, and two councils' names are how shared services call theirs:
// neither counts. Not seen: names changed at both ends. `name` is the
// council's.
bool looks_like(std::string_view domain, std::string_view real, std::string_view name);

// Letters of other scripts, or their xn-- form: no council uses them.
bool has_foreign_letters(std::string_view domain);

}  // namespace raadspost::answer
