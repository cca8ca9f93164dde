// The lines of a report's text, each with what it may say about recipients: the fixed pieces of all that is
// looked for are found in one pass over the line, and a pattern is tried only where one of its own stands.
// Internal to recipients.cpp. Pure; safe on any thread.
#pragma once

#include "core/answer/patterns/pattern_set.hpp"
#include "core/no_host.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace raadspost::answer::report {

struct Line {
    enum Told : std::size_t {
        list_begins,        // of failed addresses, on this line or below it
        speaks_of_others,   // of whom to ask, or of the sender
        transcript_begins,  // of the session with a server
    };

    std::string_view text;
    PatternBits may_say;

    bool says(Told what) const { return says_before(text.size(), what); }
    // Whether what stands before `end` does.
    bool says_before(std::size_t end, Told what) const;
};

std::vector<Line> lines_of(std::string_view text);

}  // namespace raadspost::answer::report
