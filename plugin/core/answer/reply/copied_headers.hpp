// Where a copied message begins that no sign marks line by line: the block of "Van: / Verzonden: / Aan: /
// Onderwerp:" that Outlook puts above it, "-----Oorspronkelijk bericht-----", "Begin doorgestuurd bericht:";
// in Dutch and the languages around it. Internal to new_text. Pure; safe on any thread.
#pragma once

#include "core/answer/reply/lines.hpp"
#include "core/no_host.hpp"

#include <cstddef>

namespace raadspost::answer::reply {

// The first line of it; lines.size() if there is none. With no text above it a block of headers has to look
// more like one: letters begin with "Aan:" and "Onderwerp:" too.
std::size_t first_copy(const Lines& lines);

}  // namespace raadspost::answer::reply
