// appeal.cpp - the appeal as a record of the CRM: what is asked, of whom, in which words, signed by whom.
#include "core/appeal/fields.hpp"
#include "crm/appeal/add_default_steps.hpp"
#include "crm/appeal/appeal_check.hpp"
#include "crm/appeal/appeal_numbers.hpp"
#include "crm/appeal/appeal_preview.hpp"
#include "crm/appeal/appeal_workflow.hpp"
#include "crm/appeal/approval.hpp"
#include "crm/appeal/test_message.hpp"
#include "crm/entities.hpp"
#include "crm/followup/approve_step.hpp"
#include "crm/followup/plan_look.hpp"
#include "crm/followup/plan_run.hpp"
#include "crm/followup/plan_summary.hpp"
#include "crm/followup/planner.hpp"
#include "crm/opening.hpp"
#include "crm/triage/appeal_answers.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

const Choices states = {
    {"draft", "Draft"},     {"submitted", "To Be Approved"}, {"approved", "Approved"},
    {"running", "Running"}, {"stopped", "Stopped"},          {"closed", "Closed"},
};

// More councils than this are checked when the appeal is submitted, not whenever its form is opened.
constexpr std::int64_t checked_on_sight = 2000;

Choices merge_fields() {
    Choices choices = {{"", ""}};
    for (const appeal::FieldDescription& each : appeal::known_fields())
        choices.emplace_back(std::string{each.name}, std::string{each.label});
    return choices;
}

// The list to copy from, for those who like to type.
std::string field_list() {
    std::string lines;
    for (const appeal::FieldDescription& each : appeal::known_fields())
        lines.append("{{")
            .append(each.name)
            .append("}}  ")
            .append(each.description)
            .append(" (")
            .append(each.example)
            .append(")\n");
    return lines;
}

void add_merge_field(Record& appeal) {
    const std::string name = appeal.text("add_field");
    if (name.empty()) return;
    std::string into = appeal.text("add_field_to");
    if (into.empty()) into = "message";
    std::string text = appeal.text(into);
    if (!text.empty() && text.back() != ' ' && text.back() != '\n') text += ' ';
    appeal.set(into, text + "{{" + name + "}}");
    appeal.set("add_field", {});
    refresh_preview(appeal);
}

Values problems(const Ids& appeals) {
    Values found;
    const auto councils = count("raadspost.council", {});
    for (const Id appeal : appeals)
        found[appeal] = councils > checked_on_sight ? Value{} : Value{as_lines(check_appeal(appeal))};
    return found;
}

Getter always(std::function<Value()> value) {
    return [value = std::move(value)](const Ids& appeals) {
        Values found;
        for (const Id appeal : appeals) found[appeal] = value();
        return found;
    };
}

Value first_council() {
    const Rows<Id> rows{
        "select id from raadspost_council where active_to is null order by sort_name limit 1"};
    return rows.empty() ? Value{} : Value{std::get<0>(rows.front())};
}

Value only_association() {
    const Rows<Id> rows{"select id from raadspost_association where active limit 2"};
    return rows.size() == 1 ? Value{std::get<0>(rows.front())} : Value{};
}

// Staff start with a text, not with a plan: the first message is there by itself.
void add_first_step(const Ids& appeals) {
    std::vector<Dict> steps;
    for (const auto& [appeal] :
         Rows<Id>{"select a.id from raadspost_appeal a where a.id in {} "
                  "and not exists (select 1 from raadspost_step s where s.appeal = a.id)",
                  appeals})
        steps.push_back({{"appeal", appeal},
                         {"sequence", 1},
                         {"name", translated("msg_first_step")},
                         {"with_letter", true}});
    if (steps.empty()) return;
    const auto scope = Scope::without_access_checks();
    create("raadspost.step", steps);
}

void add_texts(Model& model, const Pyson& fixed) {
    model.field(Char{"subject", "Subject"}.readonly(fixed).on_change(preview_depends, refresh_preview))
        .field(Text{"message", "Message"}.readonly(fixed).on_change(preview_depends, refresh_preview))
        .field(Char{"letter_subject", "Subject of the Letter"}
                   .readonly(fixed)
                   .help("Empty: the subject of the message.")
                   .on_change(preview_depends, refresh_preview))
        .field(Text{"letter", "Letter"}.readonly(fixed).on_change(preview_depends, refresh_preview))
        .field(Function{Selection{"add_field_to",
                                  "Add To",
                                  {{"subject", "Subject"}, {"message", "Message"}, {"letter", "Letter"}}},
                        always([] { return Value{"message"}; })}
                   .starts_as("message")
                   .set_by([](const Ids&, const Value&) {}))
        .field(Function{Selection{"add_field", "Add Field", merge_fields()}, always([] { return Value{}; })}
                   .readonly(fixed)
                   .set_by([](const Ids&, const Value&) {})
                   .on_change(
                       [] {
                           auto depends = preview_depends;
                           depends.insert(depends.end(), {"add_field", "add_field_to"});
                           return depends;
                       }(),
                       add_merge_field))
        .field(Function{Text{"field_list", "Fields"}, always([] { return Value{field_list()}; })}.starts_as(
            Start{[] { return Value{field_list()}; }}))
        .field(
            Function{Text{"problems", "To Be Corrected"}, problems}.invisible(eval("problems").is_empty()));
}

void add_preview(Model& model) {
    model
        .field(Many2One{"preview_council", "raadspost.council", "As Seen By"}
                   .on_delete("SET NULL")
                   .starts_as(Start{first_council})
                   .on_change(preview_depends, refresh_preview))
        .fields(
            {Char{"preview_subject", "Subject"}, Binary{"preview_html", "Mail"}.named_by("preview_html_name"),
             Text{"preview_text", "Mail as Plain Text"},
             Binary{"preview_pdf", "Letter"}.named_by("preview_pdf_name"),
             Text{"preview_problem", "Problem"}.invisible(eval("preview_problem").is_empty())},
            previews)
        .field(Function{
            Char{"preview_html_name", "File Name of the Mail"}, always([] {
                return Value{"bericht.html"};
            })}.starts_as("bericht.html"))
        .field(Function{
            Char{"preview_pdf_name", "File Name of the Letter"}, always([] {
                return Value{"brief.pdf"};
            })}.starts_as("brief.pdf"));
}

void add_numbers(Model& model) {
    model
        .fields({Integer{"dispatch_count", "Dispatches"}, Integer{"waiting_count", "Waiting"},
                 Integer{"under_way_count", "Under Way"}, Integer{"sent_count", "Sent"},
                 Integer{"trouble_count", "To Be Looked At"}, Integer{"cancelled_count", "Cancelled"}},
                dispatch_numbers)
        .field(Function{DateTimeField{"next_at", "Next Message Leaves"}, next_message}.invisible(
            eval("next_at").is_empty()))
        .field(Function{Text{"answer_summary", "Answers"}, answer_summaries})
        .field(Function{Text{"last_test", "Test Message"}, last_test}.invisible(
            eval("last_test").is_empty() || !eval("state").in({"draft", "submitted"})))
        .field(Function{Text{"planner_trouble", "Planning Falters"}, planner_troubles}.invisible(
            eval("planner_trouble").is_empty()))
        .field(Function{Text{"plan_summary", "The Plan in Numbers"}, plan_summaries})
        .field(Function{Boolean{"step_to_approve", "A Step Asks for Approval"}, has_step_to_approve})
        .field(Function{Text{"sending_trouble", "Sending Falters"}, sending_trouble}.invisible(
            eval("sending_trouble").is_empty()))
        .fields({Integer{"council_count", "Councils"}, Integer{"gets_count", "Get the Appeal"},
                 Integer{"mailbox_count", "At So Many Addresses"}, Integer{"waits_count", "Wait"},
                 Integer{"without_count", "Get Nothing"}, Text{"recipients", "Result"}},
                recipient_numbers);
}

}  // namespace

Model appeal() {
    const Pyson fixed = eval("state") != "draft";
    Model model{"raadspost.appeal", "Appeal"};
    model.stored()
        .shown()
        .ordered_by("id", "DESC")
        .searched_by({"name", "subject"})
        .field(Char{"name", "Name"}.required().help("For the list of appeals; recipients do not see it."))
        .field(Many2One{"association", "raadspost.association", "Association"}
                   .required()
                   .readonly(fixed)
                   .on_delete("RESTRICT")
                   .starts_as(Start{only_association})
                   .on_change(preview_depends, refresh_preview))
        .field(Selection{"state", "State", states}.required().readonly().starts_as("draft").indexed());
    add_texts(model, fixed);
    add_preview(model);
    model.field(One2Many{"signatories", "raadspost.signatory", "appeal", "Signatories"}.readonly(fixed))
        .field(One2Many{"attachments", "raadspost.attachment", "appeal", "Attachments"}.readonly(fixed))
        .field(One2Many{"steps", "raadspost.step", "appeal", "Steps"}.readonly(fixed))
        .field(Many2Many{"councils", "raadspost.appeal-raadspost.council", "appeal", "council",
                         "Only These Councils"}
                   .readonly(fixed)
                   .help("Empty: all councils."))
        .field(Many2One{"author", "res.user", "Author"}.readonly().on_delete("RESTRICT").starts_as(Start{[] {
            const Id user = current_user();
            return user > 0 ? Value{user} : Value{};
        }}))
        .field(Many2One{"submitted_by", "res.user", "Submitted By"}.readonly().on_delete("RESTRICT"))
        .field(Many2One{"approved_by", "res.user", "Approved By"}.readonly().on_delete("RESTRICT"))
        .field(DateTimeField{"approved_at", "Approved At"}.readonly())
        .field(Char{"approved_hash", "Approved Content (SHA-256)"}.readonly())
        .field(DateTimeField{"starts_at", "First Message Leaves After"}.readonly())
        .field(DateTimeField{"began_at", "Steps Count From"}.readonly())
        .field(One2Many{"events", "raadspost.event", "appeal", "Log"}.readonly());
    add_numbers(model);
    add_workflow(model);
    model.button("add_default_steps",
                 [](const Ids& appeals) {
                     add_default_steps(appeals);
                     return Value{"reload"};
                 },
                 {.invisible = fixed});
    model.button("open_simulation", opening("wizard_simulate_plan"));
    model.button("open_step_approval", opening("wizard_approve_step"),
                 {.invisible = !eval("step_to_approve", false)});
    model.button("plan_seen",
                 [](const Ids& appeals) {
                     looked_at(appeals);
                     return Value{"reload"};
                 },
                 {.invisible = eval("plan_summary").is_empty()});
    guard_state(model);
    // For tests and for C++: without an argument as of now.
    model.method("plan", [](const List& arguments) {
        return Value{
            plan_appeals({}, arguments.empty() ? std::nullopt : std::optional{arguments[0].as<DateTime>()})
                .changed};
    });
    model.method("plan_councils", [](const List& arguments) {
        return Value{plan_councils(arguments.at(0).as<Ids>()).changed};
    });
    model.after_save([](const Ids& appeals) {
        add_first_step(appeals);
        lapse_approval(appeals);
    });
    return model;
}

Model appeal_council() {
    return Model{"raadspost.appeal-raadspost.council", "Appeal - Council"}
        .stored()
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().on_delete("CASCADE").indexed())
        .field(Many2One{"council", "raadspost.council", "Council"}.required().on_delete("CASCADE").indexed())
        .unique({"appeal", "council"}, "msg_appeal_council_unique")
        .after_save(
            [](const Ids& ids) { lapse_approval(appeals_of("raadspost.appeal-raadspost.council", ids)); });
}

}  // namespace raadspost::crm
