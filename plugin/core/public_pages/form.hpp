// A form as a browser or a mail client sends it: application/x-www-form-urlencoded (WHATWG URL 5.1) or
// multipart/form-data (RFC 7578). Read strictly and within limits.hpp: what is not wholly understood is
// refused, never half read. Files are no part of our forms and are refused, too. Pure functions: safe on any
// thread.
#pragma once

#include "core/no_host.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raadspost::public_pages {

struct Form {
    std::vector<std::pair<std::string, std::string>> fields;  // names and values in UTF-8, in order

    bool has(std::string_view name) const;
    // The value of a field that may stand there once; "" where it does not, or more than once.
    std::string_view one(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;
};

// `content_type` is the header's value. An empty body is a form without fields, whatever its type. Problem
// "form_unreadable" or "form_too_large".
Result<Form> read_form(std::string_view content_type, std::string_view body);

// What RFC 8058 3.1 has a mail client post to unsubscribe: the one field List-Unsubscribe=One-Click.
bool is_one_click(const Form& form);

}  // namespace raadspost::public_pages
