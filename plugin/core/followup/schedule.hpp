// One step for one council: the day that the step names, the first moment at or after it on which mail may
// leave to this council, and whether it gets the step at all. Knows one council at a time; what several share
// (mailboxes, the gap between two messages) is the planner's. Pure: any thread.
#pragma once

#include "core/followup/neighbourhood.hpp"
#include "core/followup/planner.hpp"

namespace raadspost::followup {

// What a step for a council looks like before others are looked at.
struct Prospect {
    Line line;
    Index office = nobody;  // that gets it, of the successor after a merger
    Moment leaves{};        // `line.due`, or now where that is past: the moment that counts for the gap
    Moment named{};         // the moment that a step after this one counts from
    bool settled = false;   // the line tells what was, nothing is to be placed
    bool repeats = false;   // the step again, because of what came back
};

// Where the step before this one stands.
struct StepBefore {
    Moment at{};
    Reason waits = Reason::none;
    bool known = false;
    bool case_is_open = false;  // an earlier step goes to this council
};

class Schedule {
public:
    Schedule(const Neighbourhoods& around, const calendar::SendingDays& days, Moment now)
        : around_{around}, facts_{around.facts()}, days_{days}, now_{now} {}

    // Not before `floor`, which the gap rule may set; `moved_by` goes into the line with it.
    Prospect prospect(Index appeal, std::uint16_t step, Index council, const History& history,
                      const StepBefore& before, Moment floor = {}) const;

    const calendar::SendingDays& sending_days() const { return days_; }
    Moment now() const { return now_; }

private:
    struct Opening {
        Moment at{};
        Index receiver = nobody;
        MovedBy moved_by = MovedBy::nothing;
    };
    Opening opening(Index council, Moment from, bool through_silence) const;
    Index receiver_on(Index council, Day day) const;
    std::optional<Day> anchor_day(const Appeal& appeal, const Step& step, const Council& council,
                                  const StepBefore& before) const;
    Reason reason_at(const Appeal& appeal, const Step& step, const Council& council, const History& history,
                     const Prospect& found, bool forced) const;
    Reason address_reason(Index office, const Appeal& appeal) const;
    bool is_late(Moment due) const;

    const Neighbourhoods& around_;
    const Facts& facts_;
    const calendar::SendingDays& days_;
    Moment now_;
};

}  // namespace raadspost::followup
