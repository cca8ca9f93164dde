// The region of the school holidays in which a municipality lies: councils take their recess by it, unless
// they tell their own. By province, with the exceptions that the ministry of education makes. A constant
// table: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string_view>

namespace raadspost {

// "noord", "midden" or "zuid"; empty where the province is not known. `province` is an ISO code: "NL-GE".
std::string_view school_region(std::string_view code, std::string_view province);

}  // namespace raadspost
