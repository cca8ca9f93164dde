// A message as it goes over the line between DATA and the final dot: every line end CRLF, a dot before each
// line that begins with one (RFC 5321 4.5.2), in that order, so that no bare LF can hide the end of the
// message. The last CRLF is left off: it goes out with the dot. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/no_host.hpp"

namespace raadspost::post {

// True where the bytes may go out as they are: no bare CR or LF, no line that begins with a dot.
bool is_line_ready(std::string_view message);

// The bytes for the line. Views `message` where it is ready, else `room`, which it fills.
std::string_view line_ready(std::string_view message, std::string& room);

}  // namespace raadspost::post
