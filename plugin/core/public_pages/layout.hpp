// What all public pages have in common: the frame of the document with its one style sheet, in the colour of
// the association, and the headers that keep browsers, caches, gateways and search engines at bay. No script,
// nothing from elsewhere; Dutch; WCAG 2.2 AA, light and dark, from 320 pixels on. Pure functions: safe on any
// thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raadspost::public_pages {

// Whose page it is: at its head, and in the links and buttons.
struct House {
    std::string association;  // empty: nobody's
    std::string colour;       // "#1F5C8B", made readable here; empty: the project's own
};

// The whole document around `main`, which is HTML already; everything else is text and is escaped here.
// `small_print` is a list of paragraphs of HTML for the footer.
std::string document(std::string_view title, const House& house, std::string_view main,
                     const std::vector<std::string>& small_print);

// Content-Security-Policy of a page made by document() in that colour, and of a file that is no page.
std::string policy_of_pages(std::string_view colour = {});
const std::string& policy_of_files();

// Every answer to the public carries these, whatever its status.
std::vector<std::pair<std::string, std::string>> safe_headers(std::string_view policy);

// The header's value for a file (RFC 6266), whatever its name: shown, or saved.
std::string content_disposition(std::string_view file_name, bool show);

// Pieces of pages. All take text and escape it, but for what says HTML.
std::string paragraph(std::string_view text);
std::string link(std::string_view address,
                 std::string_view text);  // only the text where the address is not safe

}  // namespace raadspost::public_pages
