// plan_decision.cpp - what was decided about the plan of one council: by staff (wait, leave out, now, once
// more) or because of what came back (wait until a day, try again). Each with a reason, in the log, and
// undone by another event. The planner reads those that stand.
#include "crm/followup/plan_decision.hpp"

#include "crm/entities.hpp"
#include "crm/to_the_second.hpp"

namespace raadspost::crm {

using namespace tryton;

const Choices& plan_decisions() {
    static const Choices choices = {{"hold", "Let it wait"},
                                    {"skip", "Leave it out"},
                                    {"now", "Send it now"},
                                    {"again", "Send it once more"}};
    return choices;
}

namespace {

// Staff's, and what a received message leads to.
Choices all_decisions() {
    Choices choices = plan_decisions();
    choices.insert(choices.end(), {{"postpone", "Wait until a day"}, {"retry", "Try it again later"}});
    return choices;
}

Value undo_decisions(const Ids& decisions) {
    Ids events;
    for (const auto& [event] : Rows<Id>{
             "select event from raadspost_plan_decision where id in {} and event is not null", decisions})
        events.push_back(event);
    undo(events);
    return "reload";
}

}  // namespace

Model plan_decision() {
    const Pyson of_staff = eval("kind") != "postpone" && eval("kind") != "retry";
    return Model{"raadspost.plan.decision", "Decision about the Plan"}
        .stored()
        .shown()
        .ordered_by("at", "DESC")
        .named_by("reason")
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().readonly().on_delete("CASCADE"))
        .field(Many2One{"council", "raadspost.council", "Council"}
                   .required()
                   .readonly()
                   .on_delete("CASCADE")
                   .indexed())
        .field(Many2One{"step", "raadspost.step", "Step"}.readonly().on_delete("CASCADE").help(
            "Empty: every step."))
        .field(Selection{"kind", "Decision", all_decisions()}.required().readonly())
        .field(DateField{"until", "Until"}.readonly())
        .field(Text{"reason", "Reason"}.required().readonly())
        .field(TimestampField{"at", "When"}.required().readonly())
        .field(Function{DateTimeField{"at_second", "When"}, to_the_second("raadspost_plan_decision", "at")})
        .field(Many2One{"actor", "res.user", "Who"}.readonly().on_delete("RESTRICT"))
        .field(Many2One{"event", "raadspost.event", "Event"}.readonly().on_delete("SET NULL").indexed())
        .field(Boolean{"undone", "Undone"}.readonly().starts_as(false))
        .button("undo", undo_decisions,
                {.invisible = eval("undone", false) || !of_staff || eval("event").is_empty()})
        .index({"appeal", "council", "step"});
}

}  // namespace raadspost::crm
