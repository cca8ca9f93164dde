// The lines by which mail programs introduce what they quote: "Op ma 9 feb 2026 om 09:00 schreef X <x@y>:";
// in Dutch and the languages around it. Internal to new_text. Pure; safe on any thread.
#pragma once

#include "core/answer/reply/lines.hpp"
#include "core/no_host.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace raadspost::answer::reply {

// Lines [first, last) are one introduction.
struct Span {
    std::size_t first = 0;
    std::size_t last = 0;
};

// Of the lines of one text: all of "... wrote:" outside quoted lines that begin before line `end`, in order,
// not overlapping; perhaps some behind it as well. They may stretch over several lines.
std::vector<Span> attributions(const Lines& lines, std::size_t end);

}  // namespace raadspost::answer::reply
