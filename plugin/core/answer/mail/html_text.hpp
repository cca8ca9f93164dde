// The text of an HTML message, as a person would read it: paragraphs and rows as lines, what is hidden left
// out, links only where they say more than their words. Quotations come out as "> " lines and the dividers of
// Outlook as a rule, so that core/answer/new_text.hpp sees them. Nothing of the HTML is kept, fetched or
// shown: libxml2's parser tells what it meets and builds no tree. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer::mail {

// `html` is UTF-8. Never fails: broken HTML is read as browsers would, roughly; beyond the limits
// (html_bytes, html_depth, text_bytes) the rest is left out.
std::string html_text(std::string_view html);

// The character set that the HTML claims for itself in its first kilobyte; empty if none.
std::string_view html_charset(std::string_view html);

}  // namespace raadspost::answer::mail
