// What a Logo keeps: its pixels as they will stand in the PDF, deflated once and not for every letter (cairo
// would deflate them anew each time, which took longer than the rest of the page). Immutable: safe on any
// thread.
#pragma once

#include "core/appeal/letter.hpp"

#include <string>

namespace raadspost::appeal {

struct Logo::Pixels {
    int width = 0;
    int height = 0;
    std::string alternative_text;
    std::string deflated_colours;  // rows of 8-bit RGB
    std::string deflated_opacity;  // rows of 8-bit alpha; empty if opaque
};

}  // namespace raadspost::appeal
