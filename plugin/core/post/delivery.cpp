#include "core/post/delivery.hpp"

#include <algorithm>
#include <utility>

namespace raadspost::post {
namespace {

constexpr std::array<std::pair<State, std::string_view>, state_count> names = {{
    {State::planned, "planned"},
    {State::held, "held"},
    {State::released, "released"},
    {State::claimed, "claimed"},
    {State::deferred, "deferred"},
    {State::sent, "sent"},
    {State::refused, "refused"},
    {State::uncertain, "uncertain"},
    {State::delivered, "delivered"},
    {State::bounced, "bounced"},
    {State::cancelled, "cancelled"},
}};

constexpr int fewest_refusals_to_stop = 3;
constexpr int refusal_percentage_to_stop = 5;
constexpr int policy_streak_to_stop = 3;
constexpr int uncertain_streak_to_stop = 3;

}  // namespace

bool allowed(State from, State to, Mover mover) {
    return std::ranges::any_of(transitions, [&](const Transition& transition) {
        return transition.from == from && transition.to == to &&
               (static_cast<unsigned>(transition.movers) & static_cast<unsigned>(mover)) != 0;
    });
}

std::string_view name(State state) {
    for (const auto& [known, text] : names)
        if (known == state) return text;
    return {};
}

std::optional<State> state_named(std::string_view name) {
    for (const auto& [state, text] : names)
        if (text == name) return state;
    return std::nullopt;
}

bool is_final(State state) {
    return std::ranges::none_of(transitions, [&](const Transition& one) { return one.from == state; });
}

std::chrono::seconds retry_delay(int tries, double jitter, const RetryRule& rule) {
    std::chrono::seconds delay = rule.first;
    for (int i = 1; i < tries && delay < rule.longest; ++i) delay *= 2;
    delay = std::min(delay, rule.longest);
    const double share = std::clamp(jitter, 0.0, 1.0) / 4;
    return delay +
           std::chrono::seconds{static_cast<std::int64_t>(share * static_cast<double>(delay.count()))};
}

Settlement settle(const Submission& submission, int tries, std::chrono::sys_seconds first_try,
                  std::chrono::sys_seconds now, double jitter, const RetryRule& rule) {
    switch (submission.outcome) {
        case Outcome::accepted:
            return {State::sent, std::nullopt, false};
        case Outcome::refused:
            return {State::refused, std::nullopt, false};
        case Outcome::uncertain:
            return {State::uncertain, std::nullopt, false};
        case Outcome::deferred:
            break;
    }
    const std::chrono::sys_seconds next = now + retry_delay(tries, jitter, rule);
    // A relay that is away says nothing about this message: it waits for as long as the relay does.
    if (!submission.about_relay && next - first_try > rule.give_up_after)
        return {State::refused, std::nullopt, true};
    return {State::deferred, next, false};
}

RefusalWatch after(RefusalWatch watch, const Submission& submission) {
    if (submission.about_relay) return watch;
    ++watch.attempts;
    const bool refused = submission.outcome == Outcome::refused;
    if (refused) ++watch.refusals;
    watch.uncertain_streak = submission.outcome == Outcome::uncertain ? watch.uncertain_streak + 1 : 0;
    if (refused && submission.enhanced.starts_with("5.7.")) {
        watch.policy_streak = submission.enhanced == watch.policy_status ? watch.policy_streak + 1 : 1;
        watch.policy_status = submission.enhanced;
    } else {
        watch.policy_streak = 0;
        watch.policy_status.clear();
    }
    return watch;
}

std::optional<StopReason> should_stop(const RefusalWatch& watch) {
    if (watch.uncertain_streak >= uncertain_streak_to_stop) return StopReason::uncertain_streak;
    if (watch.policy_streak >= policy_streak_to_stop) return StopReason::policy_refusals;
    if (watch.refusals >= fewest_refusals_to_stop &&
        watch.refusals * 100 >= watch.attempts * refusal_percentage_to_stop)
        return StopReason::too_many_refusals;
    return std::nullopt;
}

}  // namespace raadspost::post
