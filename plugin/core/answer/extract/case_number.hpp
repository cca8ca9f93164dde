// The number that a council gives to our letter in its own case system ("Ons kenmerk: Z/26/123456"). Never
// ours
// ("Uw kenmerk"), no telephone number, no number of a list. Pure; safe on any thread.
#pragma once

#include "core/answer/rules/sentences.hpp"

#include <span>
#include <string>

namespace raadspost::answer {

// As written; the surest one of the text, else empty. `subject` is read too, after the text.
std::string case_number(std::span<const Sentence> text, std::string_view subject);

}  // namespace raadspost::answer
