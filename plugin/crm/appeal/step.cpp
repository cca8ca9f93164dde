// step.cpp - one planned message of an appeal: the first mail, a reminder. What it leaves empty is the
// appeal's.
#include "core/post/journal.hpp"
#include "crm/appeal/appeal_workflow.hpp"
#include "crm/appeal/approval.hpp"
#include "crm/appeal/step_rule.hpp"
#include "crm/entities.hpp"

#include <array>

namespace raadspost::crm {

using namespace tryton;

namespace {

// Only the approval of a step writes them.
constexpr std::array by_approval = {"approved_at", "approved_by", "approval_event"};

}  // namespace

Model step() {
    Model model{"raadspost.step", "Step"};
    model.stored()
        .shown()
        .ordered_by("sequence")
        .named_by("name")
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().on_delete("CASCADE").indexed())
        .field(Char{"uuid", "UUID"}.readonly())
        .field(Integer{"sequence", "Sequence"}.required().starts_as(Value{1}))
        .field(Char{"name", "Name"}.required());
    add_rule(model);
    model
        .field(
            DateTimeField{"approved_at", "Approved At"}.readonly().invisible(!eval("needs_approval", false)))
        .field(Many2One{"approved_by", "res.user", "Approved By"}
                   .readonly()
                   .on_delete("RESTRICT")
                   .invisible(!eval("needs_approval", false)))
        .field(Many2One{"approval_event", "raadspost.event", "Event of the Approval"}.readonly().on_delete(
            "SET NULL"))
        .field(
            Boolean{"with_letter", "With letter"}.help("Attaches the letter as PDF.").starts_as(Value{true}))
        .field(Boolean{"continues_thread", "Continues the thread"}.help(
            "The message answers the one before it, so that mail programs show them together."))
        .field(Char{"subject", "Subject"}.help("Empty: the appeal's own subject."))
        .field(Text{"message", "Message"}.help("Empty: the appeal's own message."))
        .field(Text{"letter", "Letter"}.help("Empty: the appeal's own letter."))
        // Names the step in the ledger, where a row id would mean another step after a restore. A copy is
        // another step.
        .before_create([](std::vector<Dict>& rows) {
            for (Dict& row : rows) {
                row.insert_or_assign("uuid", post::new_journal_id());
                if (by_a_client())
                    for (const char* field : by_approval) row.erase(field);
            }
        })
        .before_write([](const Ids&, Dict& values) {
            if (by_a_client())
                for (const char* field : by_approval) values.erase(field);
        })
        .before_copy([](Dict& overrides) {
            for (const char* field : by_approval) overrides[field] = Value{};
        })
        .after_save([](const Ids& ids) { lapse_approval(appeals_of("raadspost.step", ids)); })
        .before_delete([](const Ids& ids) { refuse_unless_draft("raadspost.step", ids); });
    return model;
}

}  // namespace raadspost::crm
