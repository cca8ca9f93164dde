// dispatch.cpp - one message of one step to one mailbox, and how far it is. Only the machine writes its
// state; the states and what may follow which are core/post/delivery.hpp's.
#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/sending/entries.hpp"
#include "crm/sending/message_as_sent.hpp"
#include "crm/sending/submission_fields.hpp"
#include "crm/tracking/planning.hpp"
#include "crm/triage/effect.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

const Choices states = {
    {"planned", "Planned"},    {"held", "Waits"},          {"released", "Ready"},
    {"claimed", "Being Sent"}, {"deferred", "Try Again"},  {"sent", "Sent"},
    {"refused", "Refused"},    {"uncertain", "Uncertain"}, {"delivered", "Delivered"},
    {"bounced", "Came Back"},  {"cancelled", "Cancelled"},
};

// The planner's reasons and those that a sender can have.
Choices reasons_of_dispatches() {
    Choices choices = plan_reasons();
    choices.insert(choices.end(), {
                                      {"gap", "Waits: had mail a few days ago"},
                                      {"replanned", "Planned anew with another dispatch"},
                                      {"text_problem", "Waits: the text does not fit this council"},
                                      {"given_up", "Given up after many tries"},
                                      {"unsendable", "Address or message cannot be sent"},
                                      {"line_fell_after_dot", "Line fell after the last dot"},
                                      {"journal_damaged", "Journal of the sender is damaged"},
                                      {"journal_lost", "Journal of the sender is lost"},
                                      {"machine_lost", "Machine of the sender is lost"},
                                      {"person", "Decided by a person"},
                                      {"known_to_ledger", "Was sent before, says the ledger"},
                                      {"evidence", "Shown by evidence"},
                                  });
    const Choices came_back = bounce_reasons();
    choices.insert(choices.end(), came_back.begin(), came_back.end());
    return choices;
}

}  // namespace

Model dispatch() {
    Model model{"raadspost.dispatch", "Dispatch"};
    add_message_as_sent(model);
    add_submission(model);
    model.stored()
        .shown()
        .ordered_by("id", "DESC")
        .named_by("mailbox")
        .searched_by({"mailbox", "message_id", "queue_id"})
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}
                   .required()
                   .readonly()
                   .on_delete("RESTRICT")
                   .unchecked())
        .field(Many2One{"step", "raadspost.step", "Step"}.required().readonly().on_delete("RESTRICT"))
        .field(Integer{"occurrence", "Occurrence"}.required().readonly())
        .field(Many2One{"griffie", "raadspost.griffie", "Griffie"}.readonly().on_delete("RESTRICT").indexed())
        .field(
            Many2Many{"cases", "raadspost.dispatch-raadspost.case", "dispatch", "case", "Cases"}.readonly())
        .field(Char{"mailbox", "Mailbox"}.required().readonly().indexed())
        .field(Selection{"state", "State", states}.required().readonly())
        .field(Selection{"reason", "Reason", reasons_of_dispatches()}.readonly())
        .field(DateTimeField{"due", "Due"}.readonly())
        .field(Selection{"moved_by", "Moved By", plan_moves()}.readonly())
        .field(DateTimeField{"released_at", "Made Ready"}.readonly())
        .field(Char{"message_id", "Message-ID"}.readonly().indexed())
        .field(Char{"subject", "Subject"}.readonly())
        .field(Char{"envelope_sender", "Bounces Go To"}.readonly())
        .field(Char{"bytes_file", "Stored Message"}.readonly())
        .field(Char{"bytes_hash", "Message (SHA-256)"}.readonly())
        .field(Integer{"bytes_size", "Size"}.readonly())
        .field(Char{"inputs_hash", "Facts (SHA-256)"}.readonly())
        .field(DateTimeField{"sent_at", "Sent At"}.readonly())
        .method("send_slice", send_slice)
        // Each move of a dispatch is written into every index: no more of them than are searched by. The
        // appeal's and the state's own are the beginnings of these two.
        .index({"state", "due", "id"})
        .unique({"appeal", "step", "occurrence", "mailbox"}, "msg_dispatch_unique");
    return model;
}

Model dispatch_case() {
    return Model{"raadspost.dispatch-raadspost.case", "Dispatch - Case"}
        .stored()
        .field(
            Many2One{"dispatch", "raadspost.dispatch", "Dispatch"}.required().on_delete("CASCADE").indexed())
        .field(Many2One{"case", "raadspost.case", "Case"}.required().on_delete("CASCADE"))
        .field(Many2One{"step", "raadspost.step", "Step"}.required().on_delete("RESTRICT").unchecked())
        .field(Integer{"occurrence", "Occurrence"}.required())
        .unique({"case", "step", "occurrence"}, "msg_dispatch_case_unique");
}

}  // namespace raadspost::crm
