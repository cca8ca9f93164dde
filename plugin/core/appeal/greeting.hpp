// The words that a mail to a griffie begins with, made of the griffier's name as a register or a person wrote
// it. Pure functions: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::appeal {

// UTF-8, no comma behind it. "Mw. drs. A.B. van der Meer" -> "Geachte mevrouw Van der Meer"; a name that
// tells no form of address stays whole ("Geachte drs. A. Jansen"); of no name "Geachte griffier".
std::string greeting_of(std::string_view griffier);

}  // namespace raadspost::appeal
