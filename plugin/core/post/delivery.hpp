// Delivery of a dispatch: the states that it may be in, the only transitions that exist, and what a reply of
// the relay does to it. Pure functions and one constexpr table; nothing here knows a clock, a database or a
// socket. The same table as in the product's description, tested against every pair of states. Safe on any
// thread.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/no_host.hpp"
#include "core/post/submission.hpp"

namespace raadspost::post {

enum class State {
    planned,
    held,
    released,
    claimed,
    deferred,
    sent,
    refused,
    uncertain,
    delivered,
    bounced,
    cancelled
};
inline constexpr std::size_t state_count = 11;

// Who may make a transition, as bits. A person's transition needs a name and a reason; evidence is a bounce,
// a reply, the copy in Sent, the relay's log.
enum class Mover : unsigned { machine = 1, person = 2, evidence = 4 };
constexpr Mover operator|(Mover left, Mover right) {
    return static_cast<Mover>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}

struct Transition {
    State from;
    State to;
    Mover movers;
};

inline constexpr std::array transitions = {
    Transition{State::planned, State::held, Mover::machine | Mover::person},
    Transition{State::planned, State::released, Mover::machine},
    Transition{State::planned, State::cancelled, Mover::machine | Mover::person},
    Transition{State::held, State::planned, Mover::machine | Mover::person},
    Transition{State::held, State::cancelled, Mover::machine | Mover::person},
    Transition{State::released, State::claimed, Mover::machine},
    Transition{State::released, State::held, Mover::machine | Mover::person},
    Transition{State::released, State::cancelled, Mover::machine | Mover::person},
    Transition{State::claimed, State::sent, Mover::machine},
    Transition{State::claimed, State::deferred, Mover::machine},
    Transition{State::claimed, State::refused, Mover::machine},
    Transition{State::claimed, State::uncertain, Mover::machine},
    Transition{State::claimed, State::released, Mover::machine},
    Transition{State::deferred, State::claimed, Mover::machine},
    Transition{State::deferred, State::refused, Mover::machine},
    // It was surely not accepted: a text approved anew is made anew, and what must not leave now is held.
    Transition{State::deferred, State::released, Mover::machine},
    Transition{State::deferred, State::held, Mover::machine},
    Transition{State::deferred, State::cancelled, Mover::machine | Mover::person},
    Transition{State::sent, State::delivered, Mover::machine},
    Transition{State::sent, State::bounced, Mover::evidence},
    Transition{State::uncertain, State::sent, Mover::evidence | Mover::person},
    Transition{State::uncertain, State::released, Mover::person},
    Transition{State::delivered, State::bounced, Mover::evidence},
};

constexpr bool allowed(State from, State to) {
    for (const Transition& transition : transitions)
        if (transition.from == from && transition.to == to) return true;
    return false;
}

// Whether `mover`, one of the three, may make it.
bool allowed(State from, State to, Mover mover);

// The keys stored in the database: "planned", "held", ...
std::string_view name(State state);
std::optional<State> state_named(std::string_view name);

// No transition leaves it.
bool is_final(State state);

// --- Retrying
// -----------------------------------------------------------------------------------------------------

struct RetryRule {
    std::chrono::seconds first{std::chrono::minutes{5}};
    std::chrono::seconds longest{std::chrono::hours{4}};
    std::chrono::seconds give_up_after{std::chrono::hours{24 * 5}};  // RFC 5321 4.5.4.1: four to five days
};

// The wait after the `tries`-th deferral (1, 2, ...): doubling from first to longest, made up to a quarter
// longer by `jitter` (0 to 1, the caller's random number), so that messages deferred together do not return
// together.
std::chrono::seconds retry_delay(int tries, double jitter, const RetryRule& rule = {});

// --- What an attempt does to the dispatch
// -------------------------------------------------------------------------

struct Settlement {
    State state;                                       // sent, deferred, refused or uncertain
    std::optional<std::chrono::sys_seconds> next_try;  // with deferred
    bool given_up = false;                             // refused because of age, not by a 5xx
};

// `first_try` is when the first attempt began. Uncertain stays uncertain whatever the clock says.
Settlement settle(const Submission& submission, int tries, std::chrono::sys_seconds first_try,
                  std::chrono::sys_seconds now, double jitter, const RetryRule& rule = {});

// --- Stopping by itself
// -------------------------------------------------------------------------------------------

// Watches one run: it ends itself when refusals reach 5 % (and at least three of them), three replies in a
// row are the same 5.7.x (policy: going on would only harm the sender's name), or three messages in a row
// got no answer to their final dot (each further one would be work for a person).
struct RefusalWatch {
    int attempts = 0;
    int refusals = 0;
    int uncertain_streak = 0;
    std::string policy_status;  // the last 5.7.x seen in a row
    int policy_streak = 0;
};

RefusalWatch after(RefusalWatch watch, const Submission& submission);

enum class StopReason { too_many_refusals, policy_refusals, uncertain_streak };
std::optional<StopReason> should_stop(const RefusalWatch& watch);

}  // namespace raadspost::post
