#include "crm/followup/plan_line.hpp"

#include "crm/entities.hpp"
#include "crm/followup/plan_look.hpp"
#include "crm/opening.hpp"
#include "crm/to_the_second.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

Values line_names(const Ids& lines) {
    Values names;
    for (const auto& [id, council, step] : Rows<Id, std::string, std::string>{
             "select l.id, c.name, s.name from raadspost_plan_line l join raadspost_council c "
             "on c.id = l.council join raadspost_step s on s.id = l.step where l.id in {}",
             lines})
        names[id] = council + ": " + step;
    return names;
}

}  // namespace

const Choices& plan_reasons() {
    static const Choices choices = {
        {"", ""},
        {"not_addressed", "Not addressed by this appeal"},
        {"inactive", "Council does not exist (any more)"},
        {"merged", "Its successor gets it"},
        {"no_griffie", "No griffie known"},
        {"no_address", "Griffie without address"},
        {"opted_out", "Asked for no mail"},
        {"suppressed", "Address is blocked"},
        {"failing", "Mail to the address came back"},
        {"unconfirmed", "Waits: address not confirmed"},
        {"to_judge", "Waits: an answer is to be judged"},
        {"approval", "Waits: step not approved"},
        {"late", "Waits: too late, ask a person"},
        {"staff", "Waits: held by staff"},
        {"skipped", "Skipped by staff"},
        {"cond_answered", "Has answered"},
        {"cond_not_receipt", "Sent no receipt, or answered"},
        {"cond_passed_on", "Passed on already"},
        {"cond_listed", "Listed already"},
        {"cond_not_passed_on", "Not passed on by the council that it looks at"},
        {"stopped", "Asked not to be followed up"},
        {"past", "After the last day of this step"},
        {"no_election", "No election known"},
        {"done", "All sent"},
        {"closed", "Appeal was closed"},
    };
    return choices;
}

const Choices& plan_states() {
    static const Choices choices = {
        {"planned", "Planned"}, {"held", "Waits"},           {"under_way", "Under Way"},
        {"sent", "Sent"},       {"failed", "Not Delivered"}, {"none", "Gets Nothing"},
    };
    return choices;
}

const Choices& plan_moves() {
    static const Choices choices = {
        {"", ""},
        {"silence", "Silence around an election"},
        {"weekend", "Weekend"},
        {"holiday", "Public holiday"},
        {"window", "Sending hours"},
        {"recess", "Recess"},
        {"gap", "Had mail a few days before"},
        {"not_before", "Not before"},
        {"absence", "Away until then"},
    };
    return choices;
}

std::string label_of_choice(const std::string& model, const std::string& field, const std::string& key) {
    const Dict fields = call(model, "fields_get", {List{field}}).as<Dict>();
    for (const Value& choice : fields.at(field).as<Dict>().at("selection").as<List>())
        if (choice.as<List>().at(0) == Value{key}) return choice.as<List>().at(1).as<std::string>();
    return key;
}

Model plan_line() {
    return Model{"raadspost.plan.line", "Plan"}
        .stored()
        .shown()
        .named_by(line_names, {"council"})
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}
                   .required()
                   .readonly()
                   .on_delete("CASCADE")
                   .unchecked())
        .field(Many2One{"step", "raadspost.step", "Step"}.required().readonly().on_delete("CASCADE"))
        .field(Many2One{"council", "raadspost.council", "Council"}
                   .required()
                   .readonly()
                   .on_delete("CASCADE")
                   .unchecked())
        .field(Many2One{"province", "country.subdivision", "Province"}
                   .readonly()
                   .on_delete("SET NULL")
                   .unchecked())
        .field(Char{"period", "Term"}.readonly())
        .field(
            Many2One{"griffie", "raadspost.griffie", "Griffie"}.readonly().on_delete("SET NULL").unchecked())
        .field(Char{"mailbox", "Mailbox"}.readonly())
        .field(Selection{"state", "State", plan_states()}.required().readonly())
        .field(Selection{"reason", "Reason", plan_reasons()}.readonly())
        .field(DateTimeField{"due", "When"}.readonly())
        .field(DateField{"day", "Day"}.readonly().help("In the Netherlands."))
        .field(Selection{"moved_by", "Moved By", plan_moves()}.readonly())
        .field(Many2One{"dispatch", "raadspost.dispatch", "Dispatch"}
                   .readonly()
                   .on_delete("SET NULL")
                   .unchecked())
        .field(TimestampField{"changed_at", "Changed At"}.readonly())
        .field(Function{DateTimeField{"changed_second", "Changed At"},
                        to_the_second("raadspost_plan_line", "changed_at")})
        .field(Char{"was", "Before"}.readonly().help("What the plan said before it changed."))
        .field(
            Many2One{"simulation", "raadspost.plan.simulation", "Simulation"}.readonly().on_delete("CASCADE"))
        .field(
            Function{Boolean{"changed", "Changed Since My Last Look"}, changed_since_last_look}.searched_by(
                search_changed))
        .button("decide_plan", opening("wizard_decide_plan"), {.invisible = !eval("simulation").is_empty()})
        // The council first: its own plan is looked up by the same index.
        .unique({"council", "step"}, "msg_plan_line_unique", "simulation is null")
        .index({"appeal", "step", "reason"})
        // The plan of all appeals: in its order, and its tabs' numbers without the rows.
        .index({"day", "due", "state"}, "simulation is null")
        .index({"simulation"}, "simulation is not null");
}

}  // namespace raadspost::crm
