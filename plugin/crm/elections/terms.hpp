// Elections and the terms that follow from them: made by law where they are missing, kept in step with what
// people correct. A council's term begins on the day that its own election (or an exception noted with it)
// tells, and ends when its next council comes in, or the council itself ends. A handful of queries, whatever
// the number of councils. [gil-held], in a transaction.
#pragma once

#include "tryton/value.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace raadspost::crm {

// Up to this year elections are made without being asked for.
inline constexpr std::chrono::year elections_until{2030};

// Makes the regular elections from 2018 up to `until` and those of reorganisations, with the councils that
// take part, as far as they are missing; what is there stays as people left it, except that councils which
// take part in none yet join. Gives how many elections were made. Nothing while there is no council.
std::size_t make_elections(std::chrono::year until = elections_until);

// The election of councils on this voting day, made by law if it is missing; 0 where the law knows none.
tryton::Id election_on(tryton::Date voting_day);

// Brings the terms of these councils (of all, when empty) in step with the elections that they take part in.
// `leaving` are participations that are about to be deleted. A term that a person added without an election
// stays.
void refresh_terms(const tryton::Ids& councils = {}, const tryton::Ids& leaving = {});

struct SittingTerm {
    tryton::Id id = 0;
    tryton::Date installed_on;
    std::optional<tryton::Date> ends_on, voting_day;
    std::optional<std::int64_t> seats, new_count;

    std::string name() const;  // "2026-2030"
};

// Of each council the term that sits on `day`; a council without one is not in the map.
std::map<tryton::Id, SittingTerm> sitting_terms(const tryton::Ids& councils, tryton::Date day);

// "2026-2030"; without an end "2026".
std::string term_name(tryton::Date installed_on, const std::optional<tryton::Date>& ends_on);

// Today in the Netherlands.
tryton::Date dutch_today();

}  // namespace raadspost::crm
