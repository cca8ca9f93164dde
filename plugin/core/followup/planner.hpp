// The planner: who gets which step of which appeal when, and who does not for which one reason. A pure
// function of facts and time: the same facts in another order give the same plan, and a plan that was carried
// out as far as the clock has come is planned again as it is. Work goes neighbourhood by neighbourhood:
// councils that share a mailbox or a successor can influence each other's plan, others cannot, hence one
// changed fact costs one neighbourhood. Rules: "The follow-up workflow" of the project's product description;
// dates by Kieswet C 4, F 1, J 1 and Wet arhi 55, 56 (core/calendar). Not thread-safe: one thread per
// Planner.
#pragma once

#include "core/followup/facts.hpp"
#include "core/followup/reason.hpp"

#include <functional>
#include <memory>
#include <span>

namespace raadspost::followup {

enum class LineState : std::uint8_t {
    planned,    // will be sent when due
    held,       // has a day, and waits for what `reason` says
    under_way,  // ready, being sent or tried again
    sent,
    failed,  // refused, came back, or nobody knows: an address task
    none,    // gets nothing, for the reason
};

// One step for one council: what comes next, or else what was.
struct Line {
    Index appeal = nobody;
    Index council = nobody;
    std::uint16_t step = 0;
    LineState state = LineState::none;
    Reason reason = Reason::none;
    MovedBy moved_by = MovedBy::nothing;
    Day term{};              // of the case that it is for: its installation day
    Moment due{};            // planned and held; of what is behind us when it left or was due
    Index message = nobody;  // planned and held: position among the messages handed out with it
    Id dispatch = 0;         // of what is behind us
};

// One message to one mailbox: the lines that name its position are the cases that it covers.
struct Message {
    Index appeal = nobody;
    Index office = nobody;
    Index mailbox = nobody;
    std::uint16_t step = 0;
    bool held = false;
    Reason reason = Reason::none;
    MovedBy moved_by = MovedBy::nothing;
    Moment due{};
};

// One neighbourhood's plan. The spans live during the call that they are handed to. Indexes are those of
// Planner::facts(), which are sorted by id.
struct Plan {
    std::span<const Index> councils;
    std::span<const Line> lines;
    std::span<const Message> messages;
};
using Sink = std::function<void(const Plan&)>;

class Planner {
public:
    explicit Planner(Facts facts);
    Planner(Planner&&) noexcept;
    ~Planner();

    const Facts& facts() const;
    std::span<const Post> posts(Index council) const;  // of all appeals, by appeal and step

    void plan(Moment now, const Sink& sink) const;
    // The neighbourhood of one council only.
    void plan_around(Index council, Moment now, const Sink& sink) const;

    // Changed facts; the neighbourhood is planned anew by plan_around. Positions are those of facts().
    void note(const Case& changed);
    void note(const Post& added);
    void note(const Decided& added);
    void set_status(Index office, AddressStatus status);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace raadspost::followup
