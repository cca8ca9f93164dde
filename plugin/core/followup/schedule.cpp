#include "core/followup/schedule.hpp"

#include <algorithm>

namespace raadspost::followup {

using std::chrono::days;

namespace {

constexpr int most_mergers = 8;     // of one council, one after the other; a ring of successors ends here
constexpr int most_closures = 200;  // silences and recesses that follow on each other

// The posts of one step: those that left the planner's hands.
struct Behind {
    std::int32_t times = 0;
    const Post* last = nullptr;
};

Behind behind(const History& history, std::uint16_t step) {
    Behind found;
    for (const Post& post : history.posts) {
        if (post.step != step || post.state == PostState::waiting || post.state == PostState::cancelled)
            continue;
        ++found.times;
        found.last = &post;
    }
    return found;
}

LineState told_by(PostState state) {
    if (state == PostState::sent) return LineState::sent;
    return state == PostState::failed ? LineState::failed : LineState::under_way;
}

const Decided* decided(const History& history, std::uint16_t step, Decision what) {
    const Decided* last = nullptr;
    for (const Decided& each : history.decisions)
        if (each.what == what && (!each.step || *each.step == step)) last = &each;
    return last;
}

std::int32_t times_decided(const History& history, std::uint16_t step, Decision what) {
    return static_cast<std::int32_t>(std::ranges::count_if(history.decisions, [&](const Decided& each) {
        return each.what == what && (!each.step || *each.step == step);
    }));
}

// The day up to which a council asked us to wait; nothing where it did not.
std::optional<Day> postponed_until(const History& history, std::uint16_t step) {
    std::optional<Day> last;
    for (const Decided& each : history.decisions)
        if (each.what == Decision::postpone && (!each.step || *each.step == step))
            last = std::max(last.value_or(each.until), each.until);
    return last;
}

// What came back is not tried again at a council that answered all the same.
bool has_answered(const History& history, Day term) {
    return std::ranges::any_of(history.cases, [&](const Case& each) {
        return each.term == term && (each.outcomes & ~receipt) != 0;
    });
}

// A dispatch that only waits makes no case: the plan would depend on the plan before it.
bool has_case(const History& history) {
    const auto left = [](const Post& post) {
        return post.state != PostState::waiting && post.state != PostState::cancelled;
    };
    return std::ranges::any_of(history.cases, [](const Case& each) { return each.outcomes != 0; }) ||
           std::ranges::any_of(history.posts, left);
}

// The term that the council is in on that day; after its end its last one.
const Tenure* term_on(const Council& council, Day day) {
    if (council.active_to) day = std::min(day, *council.active_to);
    const Tenure* found = nullptr;
    for (const Tenure& each : council.tenures)
        if (each.installation_day <= day) found = &each;
    return found;
}

Reason unmet(Condition condition, std::uint16_t outcomes) {
    const bool answer = (outcomes & ~receipt) != 0;
    const bool passed = (outcomes & (passed_on | listed | further)) != 0;
    switch (condition) {
        case Condition::always:
            return Reason::none;
        case Condition::no_answer:
            return answer ? Reason::cond_answered : Reason::none;
        case Condition::receipt_only:
            if (answer) return Reason::cond_answered;
            return (outcomes & receipt) != 0 ? Reason::none : Reason::cond_not_receipt;
        case Condition::not_passed_on:
            return passed ? Reason::cond_passed_on : Reason::none;
        case Condition::not_listed:
            return (outcomes & listed) != 0 ? Reason::cond_listed : Reason::none;
        case Condition::passed_on:
            return passed ? Reason::none : Reason::cond_not_passed_on;
    }
    return Reason::none;
}

MovedBy moved_by(calendar::Closed closed) {
    if (closed == calendar::Closed::hours) return MovedBy::hours;
    if (closed == calendar::Closed::weekend) return MovedBy::weekend;
    return closed == calendar::Closed::holiday ? MovedBy::holiday : MovedBy::nothing;
}

}  // namespace

Index Schedule::receiver_on(Index council, Day day) const {
    for (int i = 0; i < most_mergers && council != nobody; ++i) {
        const Council& each = facts_.councils[council];
        if (!each.active_to || day <= *each.active_to) return council;
        council = each.successor;
    }
    return nobody;
}

Schedule::Opening Schedule::opening(Index council, Moment from, bool through_silence) const {
    Opening found{from, nobody, MovedBy::nothing};
    const auto move = [&](Moment to, MovedBy by) {
        found.at = to;
        found.moved_by = std::max(found.moved_by, by);
    };
    for (int i = 0; i < most_closures; ++i) {
        if (const auto closed = days_.at(found.at); closed != calendar::Closed::open)
            move(days_.first_open(found.at), moved_by(closed));
        const Day day = days_.day_of(found.at);
        found.receiver = receiver_on(council, day);
        if (found.receiver == nobody) return found;
        const Council& receiver = facts_.councils[found.receiver];
        const auto closing = [&](Day first, Day last, MovedBy by) {
            if (day < first || day > last) return false;
            move(days_.opening_of(last + days{1}), by);
            return true;
        };
        bool closed = false;
        if (!through_silence && facts_.rules.silence_days > 0)
            for (const Tenure& each : receiver.tenures)
                closed = closed || closing(each.voting_day - days{facts_.rules.silence_days},
                                           each.installation_day, MovedBy::silence);
        if (facts_.rules.keep_recess)
            for (const Period& each : receiver.recesses)
                closed = closed || closing(each.first, each.last, MovedBy::recess);
        if (!closed) break;
    }
    return found;
}

std::optional<Day> Schedule::anchor_day(const Appeal& appeal, const Step& step, const Council& council,
                                        const StepBefore& before) const {
    const Day start = days_.day_of(appeal.counts_from());
    switch (step.anchor) {
        case Anchor::start:
            return start;
        case Anchor::date:
            return step.anchor_date;
        case Anchor::previous_step:
            return before.known ? std::optional{days_.day_of(before.at)} : std::nullopt;
        case Anchor::voting_day:
            for (const Tenure& each : council.tenures)
                if (each.voting_day >= start) return each.voting_day;
            return std::nullopt;
        case Anchor::installation:
            for (const Tenure& each : council.tenures)
                if (each.installation_day >= start) return each.installation_day;
            return std::nullopt;
    }
    return std::nullopt;
}

Reason Schedule::address_reason(Index office, const Appeal& appeal) const {
    if (office == nobody) return Reason::no_griffie;
    const Office& each = facts_.offices[office];
    if (each.status == AddressStatus::opted_out) return Reason::opted_out;
    if (each.mailbox == nobody) return Reason::no_address;
    if (const auto* suppression = around_.suppression(each.mailbox, appeal))
        return suppression->asked_for ? Reason::opted_out : Reason::suppressed;
    if (each.status == AddressStatus::failing) return Reason::failing;
    if (each.status == AddressStatus::unconfirmed && !facts_.rules.write_to_guessed)
        return Reason::unconfirmed;
    return Reason::none;
}

bool Schedule::is_late(Moment due) const {
    return due < now_ && days_.sending_days_between(due, now_) > facts_.rules.grace_days;
}

// In the order of Reason: the first that holds.
Reason Schedule::reason_at(const Appeal& appeal, const Step& step, const Council& council,
                           const History& history, const Prospect& found, bool forced) const {
    const Reason address = address_reason(found.office, appeal);
    if (address == Reason::opted_out || address == Reason::suppressed) return address;
    std::uint16_t looked_at = 0, proposed = 0;
    bool may_stop = false;
    const Day previous = [&] {
        Day day{};
        for (const Tenure& each : council.tenures)
            if (each.installation_day < found.line.term) day = each.installation_day;
        return day;
    }();
    for (const Case& each : history.cases) {
        if ((each.outcomes & no_more) != 0) return Reason::stopped;
        const bool is_this = each.term == found.line.term, is_previous = each.term == previous;
        may_stop = may_stop || (each.proposed & no_more) != 0;
        if ((is_this && step.looks_at != LooksAt::previous_term) ||
            (is_previous && step.looks_at != LooksAt::this_term)) {
            looked_at |= each.outcomes;
            proposed |= each.proposed;
        }
    }
    const auto number = found.line.step;
    if (decided(history, number, Decision::skip)) return Reason::skipped;
    if (!forced) {
        if (step.not_after && days_.day_of(found.leaves) > *step.not_after) return Reason::past;
        if (const Reason condition = unmet(step.condition, looked_at); condition != Reason::none)
            return condition;
    }
    if (address == Reason::no_griffie || address == Reason::no_address || address == Reason::failing)
        return address;
    if (decided(history, number, Decision::hold)) return Reason::staff;
    if (address != Reason::none) return address;
    // Whatever the machine takes it for, a person may find in it what this step asks about.
    const bool asks = step.condition != Condition::always || found.repeats;
    if (!forced && (may_stop || (asks && (proposed & ~receipt) != 0))) return Reason::to_judge;
    if (step.waits_for_approval) return Reason::approval;
    return is_late(found.line.due) ? Reason::late : Reason::none;
}

Prospect Schedule::prospect(Index appeal_index, std::uint16_t number, Index council_index,
                            const History& history, const StepBefore& before, Moment floor) const {
    const Appeal& appeal = facts_.appeals[appeal_index];
    const Step& step = appeal.steps[number];
    const Council& council = facts_.councils[council_index];
    Prospect found;
    Line& line = found.line;
    line.appeal = appeal_index;
    line.council = council_index;
    line.step = number;
    found.named = before.at;
    const auto none = [&](Reason reason) {
        line.state = LineState::none;
        line.reason = reason;
        line.due = {};
        line.moved_by = MovedBy::nothing;
        found.settled = true;
        return found;
    };

    const Behind past = behind(history, number);
    const bool retries = past.last && !has_answered(history, past.last->term);
    const std::int32_t again = times_decided(history, number, Decision::again) +
                               (retries ? times_decided(history, number, Decision::retry) : 0);
    if (past.last && (past.times >= step.cap + again || past.last->state == PostState::under_way)) {
        line.state = told_by(past.last->state);
        line.term = past.last->term;
        line.dispatch = past.last->dispatch;
        line.due = found.named = past.last->at;
        found.settled = true;
        return found;
    }
    if (!around_.addressed(appeal_index, council_index)) return none(Reason::not_addressed);

    // A person's word is sooner than the rule's, and looks at neither date nor condition.
    const Decided* forced = past.times >= step.cap ? decided(history, number, Decision::again) : nullptr;
    if (!forced && past.times == 0) forced = decided(history, number, Decision::now);
    const auto on_day = [&](Day day) {
        return step.time_of_day ? days_.moment_of(day, *step.time_of_day) : days_.opening_of(day);
    };
    Moment named;
    if (forced) {
        named = forced->at;
    } else if (const Decided* retry =
                   retries && past.times >= step.cap ? decided(history, number, Decision::retry) : nullptr) {
        named = retry->at;
        found.repeats = true;
    } else if (past.last) {
        named = on_day(days_.day_of(past.last->at) + days{step.days_apart});
    } else {
        const auto day = anchor_day(appeal, step, council, before);
        const bool by_election = step.anchor == Anchor::voting_day || step.anchor == Anchor::installation;
        if (by_election && council.active_to && (!day || *day > *council.active_to))
            return none(council.successor == nobody ? Reason::inactive : Reason::merged);
        if (!day) return none(Reason::no_election);
        const Day shifted =
            step.unit == Unit::days ? *day + days{step.offset} : days_.add_working_days(*day, step.offset);
        named = on_day(shifted);
    }
    MovedBy moved = MovedBy::nothing;
    if (!forced && step.not_before && named < days_.opening_of(*step.not_before)) {
        named = days_.opening_of(*step.not_before);
        moved = MovedBy::not_before;
    }
    named = std::max(named, appeal.starts_at);
    if (const auto until = forced ? std::nullopt : postponed_until(history, number);
        until && named < days_.opening_of(*until + days{1})) {
        named = days_.opening_of(*until + days{1});
        moved = MovedBy::absence;
    }
    if (floor > named) {
        named = floor;
        moved = MovedBy::gap;
    }

    Opening open = opening(council_index, named, forced);
    line.due = open.at;
    found.leaves = std::max(open.at, now_);
    if (open.at < now_ && !is_late(open.at)) {
        // Overdue by a little: at once, or when mail may leave again.
        const Opening next = opening(council_index, now_, forced);
        if (next.at > now_) {
            line.due = found.leaves = next.at;
            open.moved_by = std::max(open.moved_by, next.moved_by);
        }
        open.receiver = next.receiver;
    }
    line.moved_by = std::max(moved, open.moved_by);
    found.named = line.due;
    if (open.receiver == nobody) return none(Reason::inactive);
    const Day day = days_.day_of(found.leaves);
    if (council.active_from && day < *council.active_from) return none(Reason::inactive);
    // By when it was due: what a past council answered in time is not late under the next one.
    if (const Tenure* term = term_on(council, days_.day_of(line.due))) line.term = term->installation_day;
    // An ended council has no new case; what is open goes on at its successor.
    if (open.receiver != council_index && !before.case_is_open && !has_case(history))
        return none(Reason::merged);
    found.office = facts_.councils[open.receiver].office;

    Reason reason = reason_at(appeal, step, council, history, found, forced);
    // Nobody is reminded of what they did not get yet.
    if (step.anchor == Anchor::previous_step && before.waits != Reason::none && !waits(reason) &&
        reason == Reason::none)
        reason = before.waits;
    if (reason != Reason::none && !waits(reason)) return none(reason);
    line.state = reason == Reason::none ? LineState::planned : LineState::held;
    line.reason = reason;
    return found;
}

}  // namespace raadspost::followup
