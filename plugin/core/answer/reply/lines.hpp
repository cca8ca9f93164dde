// The lines of a text, and what can be said of one by itself. Internal to new_text. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace raadspost::answer::reply {

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text);

// Without white space at either end, the invisible kinds of mail included.
std::string_view trimmed(std::string_view line);

inline bool is_blank(std::string_view line) {
    return trimmed(line).empty();
}

bool is_quoted(std::string_view line);  // "> ...", ">>"

// Only signs that draw a line: "____", "-----", "* * *". At least three.
bool is_rule(std::string_view line);

// Whether `pattern` is found in it.
bool matches(std::string_view text, const re2::RE2& pattern);

bool names_mailbox(std::string_view text);  // somebody@somewhere.example
bool names_time(std::string_view text);     // 9:01, 09.01

// Lines [first, last) with LF between them, without blank ones at either end.
std::string joined(const Lines& lines, std::size_t first, std::size_t last);

}  // namespace raadspost::answer::reply
