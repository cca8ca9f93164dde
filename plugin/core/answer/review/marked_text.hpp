// The text of an answer with the sentences that decided its kind marked in it, for a screen that shows text
// and nothing else: "▶ sentence ◀". The sentence is sought as its words stand, wherever the lines break.
// Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <span>
#include <string>
#include <string_view>

namespace raadspost::answer {

// A deciding line that ends in "…" was cut short; what follows it in the text is not marked. Lines that do
// not occur leave no mark.
std::string marked(std::string_view text, std::span<const std::string> deciding_lines);

}  // namespace raadspost::answer
