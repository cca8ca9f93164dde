// Fixed pieces of text of which a pattern's match holds at least one: without them the pattern need not be
// tried. RE2 names the pieces and how they must occur together (filtered_re2.h); this keeps as few of them as
// can be, the longer ones first, since they are rarer. Internal to pattern_set.cpp. Pure; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <re2/re2.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_pieces_weighed = 400;  // of one pattern: beyond it all are kept

// In lower case. Nothing where a match may hold none of them, and where RE2 refuses the pattern.
std::optional<std::vector<std::string>> required_pieces(std::string_view pattern,
                                                        const re2::RE2::Options& options);

}  // namespace raadspost::answer
