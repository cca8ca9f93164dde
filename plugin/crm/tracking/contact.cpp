// contact.cpp - what went between the association and a council by other ways than mail: a letter, a
// telephone call, a meeting. Logged by hand on a case, with the outcome that it had; changed with what it
// said before kept in the log. A meeting can be put into one's calendar, moved and called off.
#include "crm/entities.hpp"

#include "core/calendar/council_term.hpp"
#include "core/calendar/invitation.hpp"
#include "crm/elections/terms.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/followup/planner.hpp"
#include "crm/moment.hpp"
#include "crm/opening.hpp"
#include "crm/tracking/event.hpp"
#include "crm/tracking/outcome.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

using MaybeText = std::optional<std::string>;

constexpr std::int64_t longest_meeting = 24 * 60;  // minutes

constexpr const char* logged[] = {"kind", "at", "minutes", "with_whom", "place", "note"};
const Choices kinds = {{"phone", "Phone Call"}, {"letter", "Letter"}, {"meeting", "Meeting"}};

std::map<std::string, Values> invitations(const Ids& contacts, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    for (const auto& [id, kind, at, minutes, place, note, council, appeal, written_at, changes, cancelled] :
         Rows<Id, std::string, DateTime, std::optional<std::int64_t>, MaybeText, MaybeText, std::string,
              std::string, DateTime, std::optional<std::int64_t>, std::optional<bool>>{
             "select n.id, n.kind, n.at, n.minutes, n.place, n.note, c.name, a.name, "
             "coalesce(n.write_date, n.create_date), n.changes, n.cancelled "
             "from raadspost_contact n join raadspost_case k on k.id = n.\"case\" "
             "join raadspost_council c on c.id = k.council join raadspost_appeal a on a.id = k.appeal where "
             "n.id in {}",
             contacts}) {
        if (kind != "meeting") continue;
        calendar::Meeting meeting;
        meeting.uid = "contact-" + std::to_string(id) + "@" + database_name() + ".raadspost";
        meeting.begins = std::chrono::floor<std::chrono::seconds>(at);
        meeting.lasts = std::chrono::minutes{minutes.value_or(60)};
        meeting.summary = translated("msg_contact_summary", {{"council", council}, {"appeal", appeal}});
        meeting.place = place.value_or("");
        meeting.description = note.value_or("");
        meeting.written_at = std::chrono::floor<std::chrono::seconds>(written_at);
        meeting.version = changes.value_or(0);
        meeting.cancelled = cancelled.value_or(false);
        found["invitation"][id] = Bytes{calendar::invitation(meeting)};
        found["invitation_name"][id] = translated("msg_contact_file") + "-" + std::to_string(id) + ".ics";
    }
    return found;
}

void check(const Ids& contacts) {
    for (const auto& [minutes] : Rows<std::int64_t>{
             "select minutes from raadspost_contact where id in {} and minutes is not null", contacts})
        if (minutes < 1 || minutes > longest_meeting)
            throw UserError{"msg_setting_bounds",
                            {{"number", minutes}, {"least", 1}, {"most", longest_meeting}}};
}

// Clocks differ by as much.
constexpr std::chrono::minutes just_now{5};

void check_told(const Record& form) {
    if (form.text("with_whom").empty() && form.text("note").empty() && form.text("outcome").empty())
        throw UserError{"msg_contact_empty"};
}

void check_time(const Record& form) {
    if (form.text("kind") != "meeting" && form.at<DateTime>("at") > now() + just_now)
        throw UserError{"msg_contact_to_come"};
}

// On the day of the contact; what is still to come counts from today.
Date day_of_outcome(const Record& form) {
    const auto at = std::chrono::floor<std::chrono::seconds>(form.at<DateTime>("at"));
    return std::min(calendar::day_in_the_netherlands(at), dutch_today());
}

void log_outcome_of(const Record& form, const Record& its_case) {
    const std::string kind = form.text("outcome");
    if (kind.empty()) return;
    const Value user = current_user();
    create("raadspost.outcome", {{{"case", its_case.id()},
                                  {"kind", kind},
                                  {"on", day_of_outcome(form)},
                                  {"source", "staff"},
                                  {"actor", user},
                                  {"evidence", form.get("note")}}});
}

std::string log_contact_of(Session& session) {
    const Record form = session.form("start");
    check_told(form);
    check_time(form);
    const auto scope = Scope::without_access_checks();
    Ids councils;
    for (const Record& each : browse("raadspost.case", session.active_ids())) {
        Dict values{{"case", each.id()}, {"actor", current_user()}};
        for (const char* field : logged) values[field] = form.get(field);
        create("raadspost.contact", {values});
        log_outcome_of(form, each);
        record_event(
            {.appeal = each.at<Id>("appeal"),
             .kind = "contact",
             .text = translated("msg_event_contact",
                                {{"council", each.one("council").text("name")},
                                 {"kind", label_of_choice("raadspost.contact", "kind", form.text("kind"))}}),
             .evidence = form.text("note"),
             .case_id = each.id()});
        councils.push_back(each.at<Id>("council"));
    }
    if (!form.text("outcome").empty()) plan_councils(councils);
    return "end";
}

Dict as_it_is(Session& session) {
    const Ids ids = session.active_ids();
    if (ids.size() != 1) throw UserError{"msg_contact_one"};
    const Record contact{"raadspost.contact", ids.front()};
    Dict values{{"changing", true}, {"cancelled", contact.get("cancelled").truth()}};
    for (const char* field : logged) values[field] = contact.get(field);
    return values;
}

// When and how long, with whom, where and what, each on a line of its own.
std::string told_by(const Record& contact) {
    std::string text = moment_in_words(contact.at<DateTime>("at"));
    if (contact.text("kind") == "meeting") {
        if (const Value minutes = contact.get("minutes"); !minutes.is_null())
            text += ", " + std::to_string(minutes.as<std::int64_t>()) + " min";
        if (contact.get("cancelled").truth()) text += " (" + translated("msg_contact_off") + ")";
    }
    for (const char* field : {"with_whom", "place", "note"})
        if (const std::string said = contact.text(field); !said.empty()) text += "\n" + said;
    return text;
}

std::string change(Session& session) {
    const Record form = session.form("start");
    const Record contact{"raadspost.contact", session.active_ids().front()};
    check_time(form);
    const auto scope = Scope::without_access_checks();
    const bool cancelled = form.text("kind") == "meeting" && form.get("cancelled").truth();
    const bool now_cancelled = cancelled && !contact.get("cancelled").truth();
    const Record its_case = contact.one("case");
    record_event(
        {.appeal = its_case.at<Id>("appeal"),
         .kind = "contact",
         .text = translated(now_cancelled ? "msg_event_contact_cancelled" : "msg_event_contact_changed",
                            {{"council", its_case.one("council").text("name")},
                             {"kind", label_of_choice("raadspost.contact", "kind", contact.text("kind"))}}),
         .evidence = told_by(contact),
         .case_id = its_case.id()});
    const Value before = contact.get("changes");
    Dict values{{"cancelled", cancelled},
                {"changes", (before.is_null() ? 0 : before.as<std::int64_t>()) + 1}};
    for (const char* field : logged) values[field] = form.get(field);
    write("raadspost.contact", {contact.id()}, values);
    return "end";
}

}  // namespace

Model contact() {
    const Pyson meeting = eval("kind") == "meeting";
    return Model{"raadspost.contact", "Contact"}
        .stored()
        .shown()
        .ordered_by("at", "DESC")
        .named_by("with_whom")
        .field(
            Many2One{"case", "raadspost.case", "Case"}.required().readonly().on_delete("CASCADE").indexed())
        .field(Selection{"kind", "Way", kinds}.required().readonly())
        .field(DateTimeField{"at", "When"}.required().readonly())
        .field(Integer{"minutes", "Minutes"}.readonly().invisible(!meeting))
        .field(Char{"with_whom", "With Whom"}.readonly())
        .field(Char{"place", "Where"}.readonly().invisible(!meeting))
        .field(Text{"note", "What Was Said"}.readonly())
        .field(Boolean{"cancelled", "Called Off"}.readonly().invisible(!meeting))
        .field(Integer{"changes", "Changes"}.readonly())
        .field(Many2One{"actor", "res.user", "Who"}.readonly().on_delete("RESTRICT"))
        .fields({Char{"invitation_name", "File Name"},
                 Binary{"invitation", "For Your Calendar"}.named_by("invitation_name").invisible(!meeting)},
                invitations)
        .validates(check)
        .button("change", opening("wizard_change_contact"), {});
}

Model contact_start() {
    const Pyson meeting = eval("kind") == "meeting", changing = eval("changing", false);
    return Model{"raadspost.contact.log.start", "Log a Contact"}
        .shown()
        .field(Selection{"kind", "Way", kinds}.required().starts_as("phone"))
        .field(DateTimeField{"at", "When"}.required().starts_as(Start{[] { return Value{now()}; }}))
        .field(Char{"with_whom", "With Whom"})
        .field(Integer{"minutes", "Minutes"}.invisible(!meeting).starts_as(60))
        .field(Char{"place", "Where"}.invisible(!meeting))
        .field(Selection{"outcome", "Outcome", outcomes_to_log()}.invisible(changing))
        .field(Boolean{"cancelled", "Called Off"}
                   .invisible(!changing || !meeting)
                   .help("An outcome that was logged with it is corrected at the outcome."))
        .field(Boolean{"changing", "Is Changed"})
        .field(Text{"note", "What Was Said"}.help("Kept as evidence of the outcome."));
}

Wizard log_contact() {
    return Wizard{"raadspost.contact.log"}
        .form("start", "raadspost.contact.log.start", "raadspost.contact_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Log", "log", "tryton-ok", true}})
        .step("log", log_contact_of);
}

Wizard change_contact() {
    return Wizard{"raadspost.contact.change"}
        .form("start", "raadspost.contact.log.start", "raadspost.contact_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Change", "change", "tryton-ok", true}}, as_it_is)
        .step("change", change);
}

}  // namespace raadspost::crm
