// The 342 Dutch councils of 2026, compiled in: a demo and a first set-up need no download, and the importers
// check codes and names against it. Facts only (CBS code, name, province, inhabitants, seats after the
// election of March 2026, web domain, a point inside the municipality); the file is councils_2026.csv beside
// this header. Also what follows from the law and from mergers. Immutable after first use: safe on any
// thread.
#pragma once

#include "core/council/council.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost {

// In the order of the codes. Every field except active_to and successor is filled.
std::span<const Council> councils_2026();

// nullptr when no council of 2026 has this code; `code` is compared as it is (see council_code for other
// spellings).
const Council* find_council_2026(std::string_view code);

// The number of seats by Gemeentewet article 8, by the number of inhabitants on 1 January of the year before
// the election: 9 up to 3,000, ... 45 above 200,000. Always odd.
std::int32_t statutory_seats(std::int32_t inhabitants);

// A municipality that ceases to exist (or the larger part of it) and the one whose council takes over on
// `day`.
struct Merger {
    std::string_view from;       // code
    std::string_view from_name;  // kept, because the code has left the table of councils
    std::string_view to;         // code
    std::chrono::year_month_day day;
};

// All mergers from 2021 to 2027 in which a code disappears, in the order of their days. A municipality that
// was split up (Haaren, 2021) stands once for each part.
std::span<const Merger> mergers();

// Whose council answers for `code` on `day`: the code itself, or its successor through any number of mergers.
// Nothing where a municipality was split up, since then a person has to say which part is meant.
std::optional<std::string> council_on(std::string_view code, std::chrono::year_month_day day);

// Codes of the councils that went into `code` after the day `after` and not after the day `until`; all up to
// `until` without `after`. One that was split up is among them for each part.
std::vector<std::string> merged_into(std::string_view code, std::optional<std::chrono::year_month_day> after,
                                     std::chrono::year_month_day until);

}  // namespace raadspost
