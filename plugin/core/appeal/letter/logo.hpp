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

    // A letterhead's logo often stands again beside its signature: once in the PDF is enough.
    bool same_picture(const Pixels& other) const {
        return width == other.width && deflated_colours == other.deflated_colours &&
               deflated_opacity == other.deflated_opacity;
    }
};

}  // namespace raadspost::appeal
