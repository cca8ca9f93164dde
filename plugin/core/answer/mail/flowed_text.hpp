// Text of format=flowed (RFC 3676), in which mail programs break long lines softly. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer::mail {

// With every paragraph on a line of its own, behind its quotation marks. `delete_space`: of DelSp=yes.
std::string unflowed(std::string_view text, bool delete_space);

}  // namespace raadspost::answer::mail
