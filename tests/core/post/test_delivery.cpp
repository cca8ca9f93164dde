#include "core/post/delivery.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace raadspost::post;
using namespace std::chrono_literals;

namespace {

// Product description, "Four independent axes", written out by hand: the second source of the same table.
const std::map<std::string, std::set<std::string>> described = {
    {"planned", {"held", "released", "cancelled"}},
    {"held", {"planned", "cancelled"}},
    {"released", {"claimed", "held", "cancelled"}},
    {"claimed", {"sent", "deferred", "refused", "uncertain", "released"}},
    {"deferred", {"claimed", "refused", "released", "held", "cancelled"}},
    {"sent", {"delivered", "bounced"}},
    {"refused", {}},
    {"uncertain", {"sent", "released"}},
    {"delivered", {"bounced"}},
    {"bounced", {}},
    {"cancelled", {}},
};

const std::chrono::sys_seconds start{std::chrono::seconds{1'790'000'000}};

Submission of(Outcome outcome, std::string enhanced = {}, bool about_relay = false) {
    Submission submission;
    submission.outcome = outcome;
    submission.enhanced = std::move(enhanced);
    submission.about_relay = about_relay;
    return submission;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_pair_of_states_is_as_described) {
    BOOST_TEST(described.size() == state_count);
    for (const auto& [from, nexts] : described)
        for (const auto& [to, unused] : described) {
            const auto a = state_named(from), b = state_named(to);
            BOOST_REQUIRE((a && b));
            BOOST_TEST(allowed(*a, *b) == nexts.contains(to), from << " -> " << to);
        }
    for (const auto& [from, nexts] : described) BOOST_TEST(is_final(*state_named(from)) == nexts.empty());
    BOOST_TEST(!state_named("gone").has_value());
}

BOOST_AUTO_TEST_CASE(names_and_states_go_both_ways) {
    for (std::size_t i = 0; i < state_count; ++i) {
        const auto state = static_cast<State>(i);
        BOOST_TEST((state_named(name(state)) == state));
    }
}

BOOST_AUTO_TEST_CASE(no_machine_sends_an_uncertain_message_again) {
    BOOST_TEST(!allowed(State::uncertain, State::released, Mover::machine));
    BOOST_TEST(!allowed(State::uncertain, State::released, Mover::evidence));
    BOOST_TEST(allowed(State::uncertain, State::released, Mover::person));
    for (std::size_t i = 0; i < state_count; ++i)
        BOOST_TEST(!allowed(State::uncertain, static_cast<State>(i), Mover::machine));
}

BOOST_AUTO_TEST_CASE(no_person_writes_what_only_the_relay_knows) {
    for (const State to : {State::sent, State::refused, State::uncertain, State::deferred})
        BOOST_TEST(!allowed(State::claimed, to, Mover::person));
    BOOST_TEST(!allowed(State::sent, State::bounced, Mover::person));
}

// Without a person's decision no path leads from sent, or from a dot without reply, back to the relay.
BOOST_AUTO_TEST_CASE(what_went_out_cannot_come_back_by_itself) {
    for (const State first :
         {State::sent, State::uncertain, State::delivered, State::refused, State::bounced}) {
        std::set<State> reached = {first};
        for (std::size_t round = 0; round < state_count; ++round)
            for (const Transition& one : transitions)
                if (reached.contains(one.from) &&
                    (allowed(one.from, one.to, Mover::machine) || allowed(one.from, one.to, Mover::evidence)))
                    reached.insert(one.to);
        BOOST_TEST(!reached.contains(State::claimed), name(first));
    }
}

BOOST_AUTO_TEST_CASE(waits_grow_and_stay_within_bounds) {
    std::chrono::seconds last{0};
    for (int tries = 1; tries <= 40; ++tries) {
        const auto plain = retry_delay(tries, 0);
        BOOST_TEST((plain >= last));
        BOOST_TEST((plain >= 5min && plain <= 4h));
        BOOST_TEST((retry_delay(tries, 1) <= plain + plain / 4));
        BOOST_TEST((retry_delay(tries, 0.5) >= plain));
        last = plain;
    }
    BOOST_TEST((retry_delay(1, 0) == 5min));
    BOOST_TEST((retry_delay(2, 0) == 10min));
    BOOST_TEST((retry_delay(1, 7.5) == retry_delay(1, 1)));
}

BOOST_AUTO_TEST_CASE(an_attempt_settles_into_one_state) {
    const auto now = start + 1h;
    BOOST_TEST((settle(of(Outcome::accepted), 1, start, now, 0).state == State::sent));
    BOOST_TEST((settle(of(Outcome::refused), 1, start, now, 0).state == State::refused));
    BOOST_TEST((settle(of(Outcome::uncertain), 1, start, start + 24h * 30, 0).state == State::uncertain));
    const auto deferred = settle(of(Outcome::deferred), 1, start, now, 0);
    BOOST_TEST((deferred.state == State::deferred));
    BOOST_TEST((deferred.next_try == now + 5min));
    const auto old = settle(of(Outcome::deferred), 30, start, start + 24h * 5, 0);
    BOOST_TEST((old.state == State::refused));
    BOOST_TEST(old.given_up);
    const auto relay_away = settle(of(Outcome::deferred, {}, true), 30, start, start + 24h * 6, 0);
    BOOST_TEST((relay_away.state == State::deferred));
    for (const Outcome outcome : {Outcome::accepted, Outcome::refused, Outcome::uncertain, Outcome::deferred})
        BOOST_TEST(allowed(State::claimed, settle(of(outcome), 1, start, now, 0).state, Mover::machine));
}

BOOST_AUTO_TEST_CASE(a_run_stops_itself_when_refused) {
    struct Row {
        std::string story;
        std::vector<Submission> replies;
        std::optional<StopReason> stop;
    };
    const auto many = [](int count, Submission each, std::vector<Submission> before = {}) {
        before.insert(before.end(), static_cast<std::size_t>(count), each);
        return before;
    };
    const Submission ok = of(Outcome::accepted), bad = of(Outcome::refused, "5.1.1"),
                     policy = of(Outcome::refused, "5.7.1"), unanswered = of(Outcome::uncertain);
    const std::vector<Row> rows = {
        {"nothing yet", {}, {}},
        {"two refusals are no pattern", many(2, bad), {}},
        {"three of three", many(3, bad), StopReason::too_many_refusals},
        {"three of sixty", many(3, bad, many(57, ok)), StopReason::too_many_refusals},
        {"three of sixty-one", many(3, bad, many(58, ok)), {}},
        {"three times the same policy", many(3, policy, many(200, ok)), StopReason::policy_refusals},
        {"two policies in turn", {ok, ok, policy, of(Outcome::refused, "5.7.26"), ok}, {}},
        {"a success between", many(2, policy, many(1, ok, many(2, policy, many(200, ok)))), {}},
        {"two messages without an answer", many(2, unanswered), {}},
        {"three in a row", many(3, unanswered, many(200, ok)), StopReason::uncertain_streak},
        {"an answer between", many(2, unanswered, many(1, ok, many(2, unanswered))), {}},
        {"the relay's own trouble is no refusal", many(50, of(Outcome::deferred, "5.7.8", true)), {}},
    };
    for (const Row& row : rows) {
        RefusalWatch watch;
        for (const Submission& each : row.replies) watch = after(watch, each);
        BOOST_TEST((should_stop(watch) == row.stop), row.story);
    }
}
