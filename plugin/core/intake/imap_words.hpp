// How values are written in IMAP commands, and read from replies: quoted strings, names of folders in
// modified UTF-7, sets of message numbers, dates. Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace raadspost::intake {

// RFC 3501 9, quoted; nothing where a text has CR, LF, NUL or is not ASCII, which would need a literal.
std::optional<std::string> imap_quoted(std::string_view text);

// RFC 3501 5.1.3: "Vergadering & griffie" is "Vergadering &- griffie", "é" is "&AOk-". Nothing where the text
// is not UTF-8 or has control characters.
std::optional<std::string> imap_folder_name(std::string_view utf8);

// "1:3,7" of ascending numbers.
std::string imap_set(std::span<const std::uint32_t> numbers);

// "21-Nov-2026 10:00:00 +0100", with a space or zero before a day of one digit. Nothing for what is no date.
std::optional<std::chrono::sys_seconds> imap_date(std::string_view text);

}  // namespace raadspost::intake
