// What is painted on a page outside every mark - the foot, the head of a following page, the line above the
// window, a rule - marked as an artifact (ISO 32000-1, 14.8.2.2), so that no screen reader reads it between
// two paragraphs. cairo 1.16 has no tag for that. Pure function: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::appeal {

// `content`: the operators of one page as cairo writes them, inflated: marks stand outside text objects, which
// begin at the end of a line and end on one of their own, and on no line with anything else.
std::string with_artifacts(std::string_view content);

}  // namespace raadspost::appeal
