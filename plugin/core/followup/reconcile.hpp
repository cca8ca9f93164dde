// From a plan to what has to change: which waiting dispatches stay (with their day, address or cases
// changed), which are new, which go. Never touches what left the planner's hands, and never gives a number of
// times that was used before: unique are (appeal, step, occurrence, mailbox), and (case, step, occurrence).
// Pure: any thread.
#pragma once

#include "core/followup/planner.hpp"

#include <vector>

namespace raadspost::followup {

struct Kept {  // 0: a new dispatch
    Id dispatch = 0;
    Index message = nobody;  // position among the plan's
    std::uint16_t occurrence = 1;
};

struct Dropped {
    Id dispatch = 0;
    Reason reason = Reason::none;  // none: its councils get the step with another one
};

struct Changes {
    std::vector<Kept> kept;  // one for each message of the plan, in their order
    std::vector<Dropped> dropped;
};

Changes reconcile(const Planner& planner, const Plan& plan);

}  // namespace raadspost::followup
