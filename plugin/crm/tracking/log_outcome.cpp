// log_outcome.cpp - the wizards in which staff log what a council did with the appeal - told by telephone, by
// letter, at a meeting - and correct what was logged wrongly.
#include "crm/elections/terms.hpp"
#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/followup/planner.hpp"
#include "crm/tracking/event.hpp"
#include "crm/tracking/outcome.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <charconv>

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr const char* told[] = {"kind", "on", "list_number", "list_date", "disposal", "evidence", "note"};

Value today() {
    return dutch_today();
}

Dict told_in(const Record& form) {
    const Value user = current_user();
    Dict values{{"source", form.text("source")}, {"actor", user}};
    for (const char* field : told) values[field] = form.get(field);
    return values;
}

// Of a council of "2026-2030" nothing was told before 2026.
void check_term(Date on, const std::string& period) {
    int first = 0;
    std::from_chars(period.data(), period.data() + period.size(), first);
    if (on.year() < std::chrono::year{first}) throw UserError{"msg_outcome_too_early", {{"term", period}}};
}

void check(const Record& form, const Record& its_case) {
    const Date on = form.at<Date>("on");
    if (on > today().as<Date>()) throw UserError{"msg_outcome_to_come"};
    check_term(on, its_case.text("period"));
}

void log(Id case_id, Id appeal, const std::string& council, const Record& form, const char* message) {
    record_event({.appeal = appeal,
                  .kind = "outcome",
                  .text = translated(message, {{"council", council},
                                               {"outcome", label_of_choice("raadspost.outcome", "kind",
                                                                           form.text("kind"))}}),
                  .evidence = form.text("evidence"),
                  .case_id = case_id});
}

std::string log_outcome_of(Session& session) {
    const Record form = session.form("start");
    if (form.text("kind") == entered_by_mistake) throw UserError{"msg_outcome_nothing_wrong"};
    const auto scope = Scope::without_access_checks();
    std::vector<Dict> outcomes;
    Ids councils;
    for (const Record& each : browse("raadspost.case", session.active_ids())) {
        check(form, each);
        Dict values = told_in(form);
        values["case"] = each.id();
        outcomes.push_back(std::move(values));
        councils.push_back(each.at<Id>("council"));
        log(each.id(), each.at<Id>("appeal"), each.one("council").text("name"), form, "msg_event_outcome");
    }
    create("raadspost.outcome", outcomes);
    plan_councils(councils);
    return "end";
}

Dict as_it_was(Session& session) {
    const Ids ids = session.active_ids();
    if (ids.size() != 1) throw UserError{"msg_outcome_one"};
    const Record outcome{"raadspost.outcome", ids.front()};
    if (!outcome.get("corrected_by").is_null()) throw UserError{"msg_outcome_corrected"};
    if (outcome.text("kind") == entered_by_mistake) throw UserError{"msg_outcome_nothing_wrong"};
    Dict values{{"source", "staff"}};
    for (const char* field : told) values[field] = outcome.get(field);
    return values;
}

std::string correct(Session& session) {
    const Record form = session.form("start");
    const Record wrong{"raadspost.outcome", session.active_ids().front()};
    if (!wrong.get("corrected_by").is_null()) throw UserError{"msg_outcome_corrected"};
    const Record its_case = wrong.one("case");
    if (form.text("kind") != entered_by_mistake) check(form, its_case);
    const auto scope = Scope::without_access_checks();
    Dict values = told_in(form);
    values["case"] = its_case.id();
    const Ids right = create("raadspost.outcome", {values});
    write("raadspost.outcome", {wrong.id()}, {{"corrected_by", right.front()}});
    const Id appeal = its_case.at<Id>("appeal");
    log(its_case.id(), appeal, its_case.one("council").text("name"), form, "msg_event_outcome_corrected");
    plan_councils({its_case.at<Id>("council")});
    return "end";
}

// Something that is logged was not entered by mistake; what is corrected may have been.
Model outcome_form(const char* name, const char* title, Choices kinds) {
    const Pyson not_listed = eval("kind") != "listed";
    return Model{name, title}
        .shown()
        .field(Selection{"kind", "Outcome", std::move(kinds)}.required())
        .field(DateField{"on", "Date"}.required().starts_as(Start{today}))
        .field(Char{"list_number", "Number on the List"}.invisible(not_listed))
        .field(DateField{"list_date", "Date of the List"}.invisible(not_listed))
        .field(Char{"disposal", "Disposal"}
                   .invisible(not_listed)
                   .help("What the council does with it, as the list says."))
        .field(Selection{"source", "Source", outcome_sources()}.required().starts_as("staff"))
        .field(Text{"evidence", "Evidence"}.help("The words of the answer, who told it, or an address."))
        .field(Text{"note", "Note"});
}

}  // namespace

Model outcome_start() {
    return outcome_form("raadspost.outcome.log.start", "Log an Outcome", outcomes_to_log());
}

Model outcome_correction_start() {
    return outcome_form("raadspost.outcome.correct.start", "Correct an Outcome", outcome_kinds());
}

Wizard log_outcome() {
    return Wizard{"raadspost.outcome.log"}
        .form("start", "raadspost.outcome.log.start", "raadspost.outcome_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Log", "log", "tryton-ok", true}})
        .step("log", log_outcome_of);
}

Wizard correct_outcome() {
    return Wizard{"raadspost.outcome.correct"}
        .form("start", "raadspost.outcome.correct.start", "raadspost.outcome_correction_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Correct", "correct", "tryton-ok", true}}, as_it_was)
        .step("correct", correct);
}

}  // namespace raadspost::crm
