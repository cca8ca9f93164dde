// The days of municipal elections as the law has them: regular ones, every four years in March, and those of
// a municipal reorganisation, in November before it. What the law does not tell - who did not vote, whose
// council came in on a day of its own - stands here as data. Nomination: Kieswet F 1, or Wet arhi 55(2);
// voting: the 44th day after it (Kieswet J 1); result: Kieswet P 20; the councils resign together on the
// Wednesday of 29 March to 4 April (Kieswet C 4), after a reorganisation the new council meets on the first
// working day of the year (Wet arhi 56). Elections up to 2018 follow the rule of their time: resignation on
// the Thursday of 23 to 29 March. Pure functions and constant tables: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace raadspost::calendar {

struct ElectionDays {
    std::chrono::year_month_day nomination_day;
    std::chrono::year_month_day voting_day;
    std::chrono::year_month_day result_day;        // the central electoral committee fixes who is elected
    std::chrono::year_month_day installation_day;  // the old council resigns, the new one comes in
    std::string_view article;                      // "Kieswet F 1, J 1, P 20, C 4"
};

bool is_regular_year(std::chrono::year y);  // ..., 2018, 2022, 2026, ...

// `y` must be a regular year.
ElectionDays regular_election(std::chrono::year y);

// The election in November of `y` for the reorganisation of 1 January of the year after it.
ElectionDays reorganisation_election(std::chrono::year y);

// What was otherwise at one council in the regular election of `voting_day`.
struct ElectionException {
    enum class Kind { did_not_vote, installed_on };

    std::string_view council;  // code
    std::chrono::year_month_day voting_day;
    Kind kind = Kind::did_not_vote;
    std::optional<std::chrono::year_month_day> installed_on;  // only with its kind
};

// From 2018 on: councils before or after a reorganisation that skipped a regular election, and Amsterdam,
// which came in a week early in 2022 because Weesp joined it on that day.
std::span<const ElectionException> election_exceptions();

struct Reorganisation {
    std::chrono::year year;    // of the election, in November
    std::string_view council;  // code of the one that votes for its new council
};

// The reorganisation elections of 2015 to 2026. Councils that vanish with it stand here only while they exist
// in the table of councils (Wijdemeren, 2026).
std::span<const Reorganisation> reorganisations();

}  // namespace raadspost::calendar
