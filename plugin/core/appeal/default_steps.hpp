// The steps that an appeal is usually followed up by, to begin with: the reminder, the message after the
// installation of the new council, the one to the new council in its own words, and the one before the
// budget. The first message is the appeal's own. Texts are Dutch, in our own wording, with fields; they stand
// in samples/ and are compiled in. Constant: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace raadspost::appeal {

// Anchors, units and conditions by the names under which the CRM stores them.
struct DefaultStep {
    std::string_view name;  // Dutch, for the list of steps
    std::string_view anchor;
    std::int32_t offset;
    std::string_view offset_unit;
    std::string_view condition, looks_at;
    bool continues_thread;
    std::string_view subject, message;
    std::string_view letter;  // empty: the appeal's
};

std::span<const DefaultStep> default_steps();

}  // namespace raadspost::appeal
