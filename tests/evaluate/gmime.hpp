// GMime merely parsing a message, and nothing read out of it: what reading is measured beside.
#pragma once

#include <string>

namespace raadspost::evaluate {

void parse_by_gmime(const std::string& bytes);

}  // namespace raadspost::evaluate
