// What the planner knows: appeals with their steps, councils with their elections and the office that serves
// each, what became of each case, and what was sent already. Plain values that refer to each other by
// position in their vector (`Index`); the CRM's own ids go along and come back with the plan. The order of
// the vectors means nothing. Values: safe on any thread.
#pragma once

#include "core/calendar/sending_days.hpp"
#include "core/council/council.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace raadspost::followup {

using calendar::Day;
using calendar::Moment;
using Id = std::int64_t;
using Index = std::uint32_t;
inline constexpr Index nobody = 0xFFFFFFFF;

enum class Anchor : std::uint8_t { start, date, voting_day, installation, previous_step };
enum class Unit : std::uint8_t { days, working_days };

// What must hold for a council to get a step, in the case (or cases) that the step looks at.
enum class Condition : std::uint8_t { always, no_answer, receipt_only, not_passed_on, not_listed, passed_on };
enum class LooksAt : std::uint8_t { this_term, previous_term, both };

struct Step {
    Id id = 0;
    Anchor anchor = Anchor::start;
    std::optional<Day> anchor_date = {};  // of Anchor::date
    std::int32_t offset = 0;              // may be negative
    Unit unit = Unit::days;
    std::optional<std::chrono::minutes> time_of_day =
        {};  // in the Netherlands; empty: the opening of the window
    Condition condition = Condition::always;
    LooksAt looks_at = LooksAt::this_term;
    std::optional<Day> not_before = {}, not_after = {};  // the days themselves are allowed
    std::int32_t cap = 1;                                // times for one council
    std::int32_t days_apart = 0;                         // between two of those times
    bool waits_for_approval = false;
};

struct Appeal {
    Id id = 0;
    Id association = 0;
    Moment starts_at{};  // nothing leaves before
    std::optional<Moment> begun =
        {};                        // when it first started, where mail left since: the steps count from it
    std::vector<Step> steps = {};  // in their order
    std::vector<Index> addressed = {};  // councils; empty: all

    Moment counts_from() const { return begun ? std::min(*begun, starts_at) : starts_at; }
};

// A term as its election makes it: from this installation to the next (Kieswet C 4; Wet arhi 56).
struct Tenure {
    Day voting_day, installation_day;
};

struct Period {  // both days belong to it
    Day first, last;
};

struct Council {
    Id id = 0;
    std::vector<Tenure> tenures = {};  // by date, past and coming
    std::vector<Period> recesses = {};
    std::optional<Day> active_from = {}, active_to = {};  // its first and last day
    Index successor = nobody;                             // gets its post from the day after active_to
    Index office = nobody;
};

struct Office {
    Id griffie = 0;
    Index mailbox = nobody;  // any numbering from 0; the same mailbox, the same number
    AddressStatus status = AddressStatus::confirmed;
};

enum class Scope : std::uint8_t { all, association, appeal };
struct Suppression {
    Index mailbox = nobody;
    Scope scope = Scope::all;
    Id of = 0;               // association's or appeal's id
    bool asked_for = false;  // opted out; else the address is dead or blocked
};

// What came back in one case, a bit each.
enum Outcome : std::uint16_t {
    receipt = 1,
    answered = 2,  // any word of a person
    passed_on = 4,
    listed = 8,
    further = 16,  // to the college, on an agenda, a meeting
    no_more = 32,  // wants to hear no more of this appeal
};
struct Case {
    Index appeal = nobody, council = nobody;
    Day term{};  // the installation day of the term
    std::uint16_t outcomes = 0;
    std::uint16_t proposed = 0;  // what answers say that nobody has judged yet
};

// A dispatch, once for each council whose case it covers.
enum class PostState : std::uint8_t { waiting, under_way, sent, failed, cancelled };
struct Post {
    Id dispatch = 0;
    Index appeal = nobody, council = nobody;
    std::uint16_t step = 0;  // position in the appeal's steps
    std::uint16_t occurrence = 1;
    Index mailbox = nobody;
    Day term{};
    PostState state = PostState::sent;  // waiting: planned or held, the planner's own to change
    Moment at{};                        // sent, or else due
};

// The first four are a person's word. A received message makes the others: `postpone` lets nothing leave up
// to and with the day `until`, `retry` lets the step go once more from `at` on; both keep every rule of the
// step.
enum class Decision : std::uint8_t { hold, skip, now, again, postpone, retry };
struct Decided {
    Index appeal = nobody, council = nobody;
    std::optional<std::uint16_t> step = {};  // empty: each step
    Decision what = Decision::hold;
    Moment at{};
    Day until{};  // of postpone
};

struct Rules {
    calendar::SendingHours hours;
    std::int32_t silence_days =
        28;                       // before a voting day, up to and with the day of the installation; 0: none
    std::int32_t gap_days = 0;    // between two messages to one mailbox over all appeals; 0: none
    std::int32_t grace_days = 3;  // what is later than this a person is asked about
    bool write_to_guessed = false;  // unconfirmed addresses
    bool keep_recess = false;       // no mail during a council's recess
};

struct Facts {
    Rules rules;
    std::vector<Appeal> appeals = {};
    std::vector<Council> councils = {};
    std::vector<Office> offices = {};
    std::vector<Suppression> suppressions = {};
    std::vector<Case> cases = {};
    std::vector<Post> posts = {};
    std::vector<Decided> decisions = {};
};

}  // namespace raadspost::followup
