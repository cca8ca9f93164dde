#include "crm/elections/terms.hpp"

#include "core/calendar/council_term.hpp"
#include "core/calendar/election_days.hpp"
#include "core/council/table.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <vector>

namespace raadspost::crm {

using namespace tryton;
using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

using MaybeDate = std::optional<Date>;
using MaybeNumber = std::optional<std::int64_t>;
using MaybeId = std::optional<Id>;

constexpr year first_regular{2018};

struct KnownCouncil {
    Id id = 0;
    std::string code;
    MaybeDate active_from, active_to;

    bool exists_on(Date day) const {
        if (active_from && sys_days{*active_from} > sys_days{day}) return false;
        if (active_to && sys_days{*active_to} < sys_days{day}) return false;
        return council_on(code, day) == code;
    }
};

std::vector<KnownCouncil> known_councils() {
    std::vector<KnownCouncil> councils;
    for (auto& [id, code, from, to] : Rows<Id, std::string, MaybeDate, MaybeDate>{
             "select id, code, active_from, active_to from raadspost_council order by id"})
        councils.push_back({id, std::move(code), from, to});
    return councils;
}

struct LegalElection {
    std::string kind, name;
    calendar::ElectionDays days;
};

LegalElection regular(year y) {
    return {"regular", "Gemeenteraadsverkiezingen " + std::to_string(static_cast<int>(y)),
            calendar::regular_election(y)};
}

LegalElection reorganisation(year y) {
    return {"reorganisation", "Herindelingsverkiezingen " + std::to_string(static_cast<int>(y)),
            calendar::reorganisation_election(y)};
}

std::vector<LegalElection> elections_by_law(year until) {
    std::vector<LegalElection> all;
    for (year y = first_regular; y <= until; y += years{4}) all.push_back(regular(y));
    std::set<int> years_of;
    for (const auto& each : calendar::reorganisations()) years_of.insert(static_cast<int>(each.year));
    for (const int y : years_of)
        if (year{y} <= until) all.push_back(reorganisation(year{y}));
    return all;
}

struct Participation {
    Id council = 0;
    MaybeDate installed_on;
};

std::vector<Participation> participants(const LegalElection& election,
                                        const std::vector<KnownCouncil>& councils) {
    std::set<std::string_view> absent, reorganised;
    std::map<std::string_view, Date> otherwise;
    for (const auto& each : calendar::election_exceptions()) {
        if (each.voting_day != election.days.voting_day) continue;
        if (each.installed_on)
            otherwise.emplace(each.council, *each.installed_on);
        else
            absent.insert(each.council);
    }
    for (const auto& each : calendar::reorganisations())
        if (each.year == election.days.voting_day.year()) reorganised.insert(each.council);

    std::vector<Participation> taking_part;
    for (const KnownCouncil& council : councils) {
        const bool votes = election.kind == "regular"
                               ? council.exists_on(election.days.voting_day) && !absent.contains(council.code)
                               : reorganised.contains(council.code);
        if (!votes) continue;
        const auto day = otherwise.find(council.code);
        taking_part.push_back({council.id, day == otherwise.end() ? MaybeDate{} : MaybeDate{day->second}});
    }
    return taking_part;
}

Id insert_election(const LegalElection& election) {
    return insert_rows<std::string, std::string, Date, Date, Date, Date>(
               "raadspost.election",
               {"kind", "name", "nomination_day", "voting_day", "result_day", "installation_day"},
               {{election.kind, election.name, election.days.nomination_day, election.days.voting_day,
                 election.days.result_day, election.days.installation_day}})
        .front();
}

void insert_participants(const std::vector<std::tuple<Id, Id, MaybeDate>>& rows) {
    insert_rows<Id, Id, MaybeDate>("raadspost.election-raadspost.council",
                                   {"election", "council", "installed_on"}, rows);
}

// The law's next change of councils, for a term whose next election nobody has entered: a council that came
// in less than two years before a regular election skips it.
Date end_by_law(Date installed_on) {
    year y = installed_on.year() + years{2};
    while (!calendar::is_regular_year(y)) ++y;
    return calendar::regular_election(y).installation_day;
}

struct Term {
    Id election = 0;
    Date installed_on, ends_on;
};

// Of one council, by the elections that it takes part in, in the order of their days.
std::vector<Term> terms_of(const KnownCouncil& council, std::vector<std::pair<Date, Id>> installations) {
    std::ranges::sort(installations);
    std::vector<Term> terms;
    for (std::size_t n = 0; n < installations.size(); ++n) {
        const auto& [day, election] = installations[n];
        if (!council.exists_on(day)) continue;  // its people vote along for the council that it goes into
        Date ends = n + 1 < installations.size() ? installations[n + 1].first : end_by_law(day);
        if (council.active_to && sys_days{*council.active_to} < sys_days{ends})
            ends = sys_days{*council.active_to} + days{1};
        terms.push_back({election, day, ends});
    }
    // The table of mergers knows of ends that the register has not told yet.
    for (const Merger& merger : mergers())
        if (merger.from == council.code && !terms.empty() &&
            sys_days{merger.day} > sys_days{terms.back().installed_on} &&
            sys_days{merger.day} < sys_days{terms.back().ends_on})
            terms.back().ends_on = merger.day;
    return terms;
}

void rename_case(Id council, const std::string& from, const std::string& to) {
    execute(
        "update raadspost_case set period = {} where council = {} and period = {} and not exists "
        "(select 1 from raadspost_case k where k.appeal = raadspost_case.appeal "
        "and k.council = raadspost_case.council and k.period = {})",
        to, council, from, to);
}

// A case is told by the name of its term. One that has the new name already keeps it, unless it is about to
// get another itself.
void rename_cases(const std::vector<std::tuple<Id, std::string, std::string>>& renamed) {
    const std::string aside = "> ";
    for (const auto& [council, from, to] : renamed)
        if (from != to) rename_case(council, from, aside + to);
    for (const auto& [council, from, to] : renamed) {
        if (from == to) continue;
        rename_case(council, aside + to, to);
        rename_case(council, aside + to, from);
    }
}

// Two terms of a council may not begin on one day, not even while they are moved one after the other: first
// all go to a century in which nobody has a term.
void move_terms(const std::vector<std::tuple<Id, Date, Date>>& changed) {
    constexpr years away{400};
    std::vector<std::tuple<Id, Date, Date>> parked = changed;
    for (auto& [id, installed_on, ends_on] : parked) installed_on -= away, ends_on -= away;
    for (const auto& rows : {parked, changed})
        update_rows<Date, Date>("raadspost.council.term", {"installed_on", "ends_on"}, rows);
}

}  // namespace

std::size_t make_elections(year until) {
    const auto councils = known_councils();
    if (councils.empty()) return 0;
    std::set<Id> taking_part;
    for (const auto& [council] :
         Rows<Id>{"select distinct council from \"raadspost_election-raadspost_council\""})
        taking_part.insert(council);
    // By year: a day that a person corrected is still the same election.
    std::map<std::pair<std::string, year>, Id> present;
    for (auto& [id, kind, day] :
         Rows<Id, std::string, Date>{"select id, kind, voting_day from raadspost_election"})
        present.emplace(std::pair{std::move(kind), day.year()}, id);

    std::size_t made = 0;
    std::vector<std::tuple<Id, Id, MaybeDate>> joining;
    for (const LegalElection& election : elections_by_law(until)) {
        const auto known = present.find({election.kind, election.days.voting_day.year()});
        const bool is_new = known == present.end();
        const Id id = is_new ? insert_election(election) : known->second;
        made += is_new ? 1 : 0;
        for (const auto& [council, installed_on] : participants(election, councils))
            if (is_new || !taking_part.contains(council)) joining.emplace_back(id, council, installed_on);
    }
    insert_participants(joining);
    if (!joining.empty()) refresh_terms();
    return made;
}

Id election_on(Date voting_day) {
    const Rows<Id> known{"select id from raadspost_election where voting_day = {}", voting_day};
    if (!known.empty()) return std::get<0>(known.front());
    const year y = voting_day.year();
    if (calendar::is_regular_year(y) && calendar::regular_election(y).voting_day == voting_day)
        return insert_election(regular(y));
    if (calendar::reorganisation_election(y).voting_day == voting_day)
        return insert_election(reorganisation(y));
    return 0;
}

void refresh_terms(const Ids& asked, const Ids& leaving) {
    std::set<Id> wanted{asked.begin(), asked.end()}, gone{leaving.begin(), leaving.end()};
    const auto concerns = [&](Id council) { return wanted.empty() || wanted.contains(council); };

    std::map<Id, std::vector<std::pair<Date, Id>>> installations;
    for (const auto& [id, council, election, own_day, day] : Rows<Id, Id, Id, MaybeDate, Date>{
             "select l.id, l.council, l.election, l.installed_on, e.installation_day "
             "from \"raadspost_election-raadspost_council\" l join raadspost_election e on e.id = "
             "l.election"})
        if (concerns(council) && !gone.contains(id))
            installations[council].emplace_back(own_day.value_or(day), election);
    using Stored = std::tuple<Id, Date, MaybeDate>;
    std::map<std::pair<Id, Id>, Stored> stored;  // by council and election
    for (const auto& [id, council, election, installed_on, ends_on] : Rows<Id, Id, Id, Date, MaybeDate>{
             "select id, council, election, installed_on, ends_on from raadspost_council_term "
             "where election is not null"})
        if (concerns(council))
            stored.emplace(std::pair{council, election}, Stored{id, installed_on, ends_on});

    std::vector<std::tuple<Id, Id, Date, Date>> added;
    std::vector<std::tuple<Id, Date, Date>> changed;
    std::vector<std::tuple<Id, std::string, std::string>> renamed;  // of this council, from, to
    for (const KnownCouncil& council : known_councils()) {
        if (!concerns(council.id)) continue;
        for (const Term& term : terms_of(council, std::move(installations[council.id]))) {
            const auto known = stored.find({council.id, term.election});
            if (known == stored.end()) {
                added.emplace_back(council.id, term.election, term.installed_on, term.ends_on);
                continue;
            }
            const auto& [id, installed_on, ends_on] = known->second;
            if (installed_on != term.installed_on || ends_on != term.ends_on) {
                changed.emplace_back(id, term.installed_on, term.ends_on);
                renamed.emplace_back(council.id, term_name(installed_on, ends_on),
                                     term_name(term.installed_on, term.ends_on));
            }
            stored.erase(known);
        }
    }
    Ids without;
    for (const auto& [key, term] : stored) without.push_back(std::get<0>(term));
    if (!without.empty()) {
        execute("delete from raadspost_council_member where term in {}", without);
        execute("delete from raadspost_council_term where id in {}", without);
    }
    move_terms(changed);
    insert_rows<Id, Id, Date, Date>("raadspost.council.term",
                                    {"council", "election", "installed_on", "ends_on"}, added);
    rename_cases(renamed);
}

std::map<Id, SittingTerm> sitting_terms(const Ids& councils, Date day) {
    std::map<Id, SittingTerm> sitting;
    if (councils.empty()) return sitting;
    for (const auto& [council, id, installed_on, ends_on, voting_day, seats, new_count] :
         Rows<Id, Id, Date, MaybeDate, MaybeDate, MaybeNumber, MaybeNumber>{
             "select t.council, t.id, t.installed_on, t.ends_on, e.voting_day, t.seats, t.new_count "
             "from raadspost_council_term t left join raadspost_election e on e.id = t.election "
             "where t.council in {} and t.installed_on <= {} order by t.installed_on",
             councils, day})
        if (!ends_on || sys_days{*ends_on} > sys_days{day})
            sitting[council] = {id, installed_on, ends_on, voting_day, seats, new_count};
    return sitting;
}

std::string term_name(Date installed_on, const MaybeDate& ends_on) {
    const std::string from = std::to_string(static_cast<int>(installed_on.year()));
    return ends_on ? from + "-" + std::to_string(static_cast<int>(ends_on->year())) : from;
}

std::string SittingTerm::name() const {
    return term_name(installed_on, ends_on);
}

Date dutch_today() {
    return calendar::day_in_the_netherlands(floor<seconds>(system_clock::now()));
}

}  // namespace raadspost::crm
