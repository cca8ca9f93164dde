// A parameter of a MIME header as it stands in the message: name="value", or by RFC 2231 where the value is
// not ASCII or does not fit a line. Where it takes several pieces each ends with a whole letter: readers that
// decode piece by piece (Python's email is one) show damaged names otherwise. Pure; safe on any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/no_host.hpp"

namespace raadspost::post::mime {

// `value` is UTF-8 without control characters. Lines are parted by "\n ", the first one begins with `name`.
std::string parameter(std::string_view name, std::string_view value);

}  // namespace raadspost::post::mime
