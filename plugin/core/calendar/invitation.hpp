// A meeting as a calendar file (iCalendar, RFC 5545) that every calendar program opens: one VEVENT, published
// for one's own calendar, nobody is invited by it. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace raadspost::calendar {

struct Meeting {
    std::string uid;  // for ever the same for the same meeting: "contact-12@dorpen.example"
    std::chrono::sys_seconds begins{};
    std::chrono::minutes lasts{60};
    std::string summary, place, description;  // UTF-8; may hold line ends
    std::chrono::sys_seconds written_at{};
    std::int64_t version = 0;  // one more with each change, so that a calendar takes the newest (3.8.7.4)
    bool cancelled = false;
};

// Lines of at most 75 octets that end in CRLF; text is escaped (3.3.11), control characters are dropped.
std::string invitation(const Meeting& meeting);

}  // namespace raadspost::calendar
