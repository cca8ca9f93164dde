#include "core/followup/planner.hpp"

#include "core/followup/schedule.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace raadspost::followup {

using calendar::SendingDays;
using std::chrono::days;

namespace {

// One council going through the steps of one appeal.
struct Walk {
    Index appeal = nobody, council = nobody;
    History history;
    StepBefore before;
    std::uint16_t step = 0;
};

// Those that may share a message: not one that staff holds, or whose answer is not judged yet, with one that
// goes.
int kind_of(const Line& line) {
    if (line.reason == Reason::staff) return 1;
    if (line.reason == Reason::to_judge) return 3;
    return line.reason == Reason::late ? 2 : 0;
}

class Round {
public:
    Round(const Neighbourhoods& around, const SendingDays& days, Moment now)
        : around_{around}, facts_{around.facts()}, schedule_{around, days, now} {}

    void plan(std::span<const Index> councils) {
        lines_.clear(), messages_.clear(), known_.clear(), taken_.clear();
        alone_ = councils.size() == 1;
        if (facts_.rules.gap_days > 0)
            with_gaps(councils);
        else
            one_by_one(councils);
        settle_shared();
    }

    std::span<const Line> lines() const { return lines_; }
    std::span<const Message> messages() const { return messages_; }

private:
    Walk begin(Index appeal, Index council) const {
        Walk walk{appeal, council, around_.history(appeal, council), {}, 0};
        walk.before.at = facts_.appeals[appeal].counts_from();
        return walk;
    }
    Prospect look(const Walk& walk, Moment floor = {}) const {
        return schedule_.prospect(walk.appeal, walk.step, walk.council, walk.history, walk.before, floor);
    }
    static void go_on(Walk& walk, const Prospect& found) {
        const LineState state = found.line.state;
        walk.before = {found.named, state == LineState::held ? found.line.reason : Reason::none, true,
                       walk.before.case_is_open || state != LineState::none};
        ++walk.step;
    }
    bool over(const Walk& walk) const { return walk.step >= facts_.appeals[walk.appeal].steps.size(); }

    void one_by_one(std::span<const Index> councils);
    void with_gaps(std::span<const Index> councils);
    void remember_mail(std::span<const Index> councils);
    std::optional<Moment> must_wait_until(const Prospect& found) const;
    void place(const Prospect& found);
    void settle_shared();

    const Neighbourhoods& around_;
    const Facts& facts_;
    Schedule schedule_;
    bool alone_ = false;
    std::vector<Line> lines_;
    std::vector<Message> messages_;
    // Messages by what makes lines share one.
    std::map<std::tuple<Index, std::uint16_t, Index, Moment, int>, Index> known_;
    std::map<Index, std::vector<Day>> taken_;  // by mailbox, in order
};

void Round::one_by_one(std::span<const Index> councils) {
    for (Index appeal = 0; appeal < facts_.appeals.size(); ++appeal)
        for (const Index council : councils)
            for (Walk walk = begin(appeal, council); !over(walk);) {
                const Prospect found = look(walk);
                place(found);
                go_on(walk, found);
            }
}

// The earliest first, so that what is due sooner is never moved by what is due later.
void Round::with_gaps(std::span<const Index> councils) {
    struct Next {
        Prospect found;
        Walk walk;
        Moment asked{};  // before the gap moved it
    };
    std::vector<Next> all;
    all.reserve(facts_.appeals.size() * councils.size());
    const auto rank = [&](std::size_t i) {
        const Line& line = all[i].found.line;
        return std::tuple{all[i].found.leaves, all[i].asked, line.appeal, line.step, line.council};
    };
    const auto later = [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); };
    std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue{later};
    const auto advance = [&](std::size_t i) {
        for (Walk& walk = all[i].walk; !over(walk);) {
            all[i].found = look(walk);
            all[i].asked = all[i].found.leaves;
            if (!all[i].found.settled) return queue.push(i);
            place(all[i].found);
            go_on(walk, all[i].found);
        }
    };
    remember_mail(councils);
    for (Index appeal = 0; appeal < facts_.appeals.size(); ++appeal)
        for (const Index council : councils) {
            all.push_back({{}, begin(appeal, council), {}});
            advance(all.size() - 1);
        }
    while (!queue.empty()) {
        const std::size_t i = queue.top();
        queue.pop();
        Next& next = all[i];
        if (const auto floor = must_wait_until(next.found)) {
            next.found = look(next.walk, *floor);
            if (!next.found.settled) {
                queue.push(i);
                continue;
            }
        }
        place(next.found);
        go_on(next.walk, next.found);
        advance(i);
    }
}

// Days on which a mailbox had mail, or is about to.
void Round::remember_mail(std::span<const Index> councils) {
    for (const Index council : councils)
        for (Index appeal = 0; appeal < facts_.appeals.size(); ++appeal)
            for (const Post& post : around_.history(appeal, council).posts)
                if (post.state == PostState::sent || post.state == PostState::under_way)
                    taken_[post.mailbox].push_back(schedule_.sending_days().day_of(post.at));
    for (auto& [mailbox, taken] : taken_) {
        std::ranges::sort(taken);
        taken.erase(std::ranges::unique(taken).begin(), taken.end());
    }
}

// Empty when it may go as it stands, with another message of the same moment or far enough from all.
std::optional<Moment> Round::must_wait_until(const Prospect& found) const {
    const Line& line = found.line;
    if (line.reason != Reason::none && line.reason != Reason::approval) return std::nullopt;
    const Index mailbox = facts_.offices[found.office].mailbox;
    if (known_.contains({line.appeal, line.step, mailbox, line.due, kind_of(line)})) return std::nullopt;
    const auto taken = taken_.find(mailbox);
    if (taken == taken_.end()) return std::nullopt;
    const days gap{facts_.rules.gap_days};
    Day day = schedule_.sending_days().day_of(found.leaves);
    const Day asked = day;
    for (auto each = std::ranges::lower_bound(taken->second, day - gap + days{1});
         each != taken->second.end() && *each < day + gap; ++each)
        day = *each + gap;
    if (day == asked) return std::nullopt;
    return schedule_.sending_days().opening_of(day);
}

void Round::place(const Prospect& found) {
    Line line = found.line;
    if (!found.settled) {
        const Index mailbox = facts_.offices[found.office].mailbox;
        const auto own = static_cast<Index>(messages_.size());
        Index message = own;
        if (!alone_ || facts_.rules.gap_days > 0)
            message =
                known_.emplace(std::tuple{line.appeal, line.step, mailbox, line.due, kind_of(line)}, own)
                    .first->second;
        line.message = message;
        if (message == own) {
            messages_.push_back({line.appeal, found.office, mailbox, line.step, line.state == LineState::held,
                                 line.reason, line.moved_by, line.due});
        } else {
            Message& shared = messages_[message];
            if (facts_.offices[found.office].griffie < facts_.offices[shared.office].griffie)
                shared.office = found.office;
            shared.reason = std::min(shared.reason, line.reason);
            shared.held = shared.reason != Reason::none;
        }
        if (facts_.rules.gap_days > 0 && (line.reason == Reason::none || line.reason == Reason::approval)) {
            auto& taken = taken_[mailbox];
            const Day day = schedule_.sending_days().day_of(found.leaves);
            const auto where = std::ranges::lower_bound(taken, day);
            if (where == taken.end() || *where != day) taken.insert(where, day);
        }
    }
    lines_.push_back(line);
}

// What one council of a shared office need not wait for, the others get with it.
void Round::settle_shared() {
    if (alone_) return;
    for (Line& line : lines_) {
        if (line.message == nobody) continue;
        line.reason = messages_[line.message].reason;
        line.state = messages_[line.message].held ? LineState::held : LineState::planned;
    }
}

}  // namespace

struct Planner::State {
    explicit State(Facts facts) : around{std::move(facts)}, days{around.facts().rules.hours} {}

    Neighbourhoods around;
    SendingDays days;
};

Planner::Planner(Facts facts) : state_{std::make_unique<State>(std::move(facts))} {}
Planner::Planner(Planner&&) noexcept = default;
Planner::~Planner() = default;

const Facts& Planner::facts() const {
    return state_->around.facts();
}

std::span<const Post> Planner::posts(Index council) const {
    return state_->around.posts(council);
}

void Planner::plan(Moment now, const Sink& sink) const {
    Round round{state_->around, state_->days, now};
    for (std::size_t i = 0; i < state_->around.size(); ++i) {
        round.plan(state_->around.councils(i));
        sink({state_->around.councils(i), round.lines(), round.messages()});
    }
}

void Planner::plan_around(Index council, Moment now, const Sink& sink) const {
    Round round{state_->around, state_->days, now};
    const auto councils = state_->around.councils(state_->around.of(council));
    round.plan(councils);
    sink({councils, round.lines(), round.messages()});
}

void Planner::note(const Case& changed) {
    state_->around.add(changed);
}

void Planner::note(const Post& added) {
    state_->around.add(added);
}

void Planner::note(const Decided& added) {
    state_->around.add(added);
}

void Planner::set_status(Index office, AddressStatus status) {
    state_->around.set_status(office, status);
}

}  // namespace raadspost::followup
