// What stands below a writer's name and is no part of what he says: "Verstuurd vanaf mijn iPhone", telephone
// numbers and web addresses, disclaimers. Internal to new_text. Pure; safe on any thread.
#pragma once

#include "core/answer/reply/lines.hpp"
#include "core/no_host.hpp"

#include <cstddef>

namespace raadspost::answer::reply {

// "Verstuurd vanaf mijn iPhone", "Sent from my phone, excuse typos", "Outlook voor iOS ophalen".
bool is_device_line(std::string_view line);

// "-- " and its kin (RFC 3676, section 4.3).
bool is_signature_marker(std::string_view line);

// The first line of a disclaimer that lasts to the end of the lines, with the rule of stars or dashes above
// it; lines.size() if there is none. One that stands above everything else is none: somebody may answer with
// a single legal sentence.
std::size_t first_disclaimer_line(const Lines& lines);

// The first line of the block of names, telephone numbers and addresses at the end; lines.size() if there is
// none. The farewell before it ("Met vriendelijke groet,") is not part of it.
std::size_t first_contact_line(const Lines& lines);

}  // namespace raadspost::answer::reply
