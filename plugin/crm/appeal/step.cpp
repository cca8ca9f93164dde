// step.cpp - one planned message of an appeal: the first mail, a reminder. What it leaves empty is the
// appeal's.
#include "core/post/journal.hpp"
#include "crm/appeal/approval.hpp"
#include "crm/entities.hpp"

namespace raadspost::crm {

using namespace tryton;

Model step() {
    return Model{"raadspost.step", "Step"}
        .stored()
        .shown()
        .ordered_by("sequence")
        .named_by("name")
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().on_delete("CASCADE").indexed())
        .field(Char{"uuid", "UUID"}.readonly())
        .field(Integer{"sequence", "Sequence"}.required().starts_as(Value{1}))
        .field(Char{"name", "Name"}.required())
        .field(DateField{"due", "Not before"}.help("Empty: as soon as the appeal runs."))
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
            for (Dict& row : rows) row.insert_or_assign("uuid", post::new_journal_id());
        })
        .after_save([](const Ids& ids) { lapse_approval(appeals_of("raadspost.step", ids)); })
        .before_delete([](const Ids& ids) { refuse_unless_draft("raadspost.step", ids); });
}

}  // namespace raadspost::crm
