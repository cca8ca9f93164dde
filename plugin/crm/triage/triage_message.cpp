#include "crm/triage/triage_message.hpp"
#include "crm/entities.hpp"

#include "core/answer/review/marked_text.hpp"
#include "crm/answers/match_words.hpp"
#include "crm/triage/judgement.hpp"
#include "crm/triage/kinds.hpp"
#include "crm/triage/told.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <array>
#include <map>

namespace raadspost::crm {

using namespace tryton;

namespace {

using Maybe = std::optional<std::string>;

constexpr std::array kind_fields = {"kind", "kind_2", "kind_3", "kind_4"};

std::string sender(const std::string& name, const std::string& address) {
    if (name.empty() || name == address) return address;
    return name + " <" + address + ">";
}

// Names of cases, one query for all.
std::map<Id, std::string> names_of_cases(const Ids& cases) {
    std::map<Id, std::string> names;
    for (const auto& [id, council, appeal, period] : Rows<Id, std::string, std::string, std::string>{
             "select k.id, c.name, a.name, k.period from raadspost_case k join raadspost_council c on c.id = "
             "k.council "
             "join raadspost_appeal a on a.id = k.appeal where k.id in {}",
             cases})
        names[id] = council + ", " + appeal + " (" + period + ")";
    return names;
}

struct Told {
    Maybe name, address, subject, text, kinds, line, trust;
    std::optional<DateTime> received_at;
    std::optional<double> confidence;
    bool same_id = false;
};

Told told_of(Id message) {
    for (auto& [name, address, subject, text, kinds, line, trust, received_at, confidence, same_id] :
         Rows<Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, std::optional<DateTime>, std::optional<double>,
              std::optional<bool>>{"select from_name, from_address, subject, text, kinds, deciding_line, "
                                   "trust, received_at, confidence, "
                                   "flagged_same_id from raadspost_message where id = {}",
                                   message})
        return {name, address, subject,     text,       kinds,
                line, trust,   received_at, confidence, same_id.value_or(false)};
    throw UserError{"msg_triage_gone"};
}

// Why the machine thinks so, in sentences.
std::string reasons(Id message, const Told& told) {
    std::string why;
    const auto add = [&](const std::string& line) { why += (why.empty() ? "" : "\n") + line; };
    if (told.kinds)
        add(translated("msg_triage_proposed", {{"kinds", KindWords{}.of(*told.kinds)},
                                               {"percent", percent(told.confidence.value_or(0))}}));
    else
        add(translated("msg_triage_no_proposal"));
    for (const std::string& line : lines_of(told.line.value_or("")))
        add(translated("msg_triage_line", {{"line", line}}));
    for (const auto& [reason] : Rows<Maybe>{
             "select n.why from raadspost_message_candidate n join raadspost_message m on m.id = n.message "
             "and m.\"case\" = n.\"case\" where m.id = {}",
             message})
        if (reason && !reason->empty())
            add(translated("msg_triage_case", {{"why", match_in_words(*reason)}}));
    return why;
}

std::string warning(const Told& told) {
    std::string said;
    const auto add = [&](const char* id) { said += (said.empty() ? "" : "\n") + translated(id); };
    if (told.trust == "forged") add("msg_triage_forged");
    if (told.trust == "unknown") add("msg_triage_unknown");
    if (told.same_id) add("msg_triage_same_id");
    return said;
}

void choose_case(Record& form) {
    const Value its_case = form.get("case");
    form.set("case_name", its_case.is_null() ? std::string{} : case_in_words(its_case.as<Id>()));
}

void choose_candidate(Record& form) {
    const Value candidate = form.get("candidate");
    if (candidate.is_null()) return;
    form.set("case", Record{"raadspost.message.candidate", candidate.as<Id>()}.get("case"));
    choose_case(form);
}

}  // namespace

std::string case_in_words(Id case_id) {
    const auto names = names_of_cases({case_id});
    return names.empty() ? std::string{} : names.begin()->second;
}

Values candidate_names(const Ids& candidates) {
    Values found;
    std::map<Id, std::pair<Id, std::string>> told;
    Ids cases;
    for (const auto& [id, its_case, why, confidence] : Rows<Id, Id, Maybe, std::optional<double>>{
             "select id, \"case\", why, confidence from raadspost_message_candidate where id in {}",
             candidates}) {
        std::string rest = confidence ? " - " + std::to_string(percent(*confidence)) + " %" : std::string{};
        if (why && !why->empty()) rest += ": " + match_in_words(*why);
        told[id] = {its_case, rest};
        cases.push_back(its_case);
    }
    const auto names = names_of_cases(cases);
    for (const auto& [id, about] : told) {
        const auto name = names.find(about.first);
        found[id] = (name == names.end() ? std::string{} : name->second) + about.second;
    }
    return found;
}

Values candidate_cases(const Ids& candidates) {
    Values found;
    std::map<Id, Id> cases;
    Ids asked;
    for (const auto& [id, its_case] :
         Rows<Id, Id>{"select id, \"case\" from raadspost_message_candidate where id in {}", candidates}) {
        cases[id] = its_case;
        asked.push_back(its_case);
    }
    const auto names = names_of_cases(asked);
    for (const auto& [id, its_case] : cases)
        if (const auto name = names.find(its_case); name != names.end()) found[id] = name->second;
    return found;
}

Values candidate_reasons(const Ids& candidates) {
    Values found;
    for (const auto& [id, why] :
         Rows<Id, Maybe>{"select id, why from raadspost_message_candidate where id in {}", candidates})
        if (why) found[id] = match_in_words(*why);
    return found;
}

Values candidate_sureness(const Ids& candidates) {
    Values found;
    for (const auto& [id, confidence] : Rows<Id, std::optional<double>>{
             "select id, confidence from raadspost_message_candidate where id in {}", candidates})
        if (confidence) found[id] = std::to_string(percent(*confidence)) + " %";
    return found;
}

Dict shown_for_triage(Id message) {
    const Told told = told_of(message);
    const Correction proposal = proposal_of(message);
    const auto lines = lines_of(told.line.value_or(""));
    Dict values{{"message", message},
                {"sender", sender(told.name.value_or(""), told.address.value_or(""))},
                {"received_at", told.received_at},
                {"subject", told.subject},
                {"text", answer::marked(told.text.value_or(""), lines)},
                {"why", reasons(message, told)},
                {"warning", warning(told)},
                {"trust", told.trust},
                {"list_number", proposal.list_number},
                {"disposal", proposal.disposal},
                {"list_date", proposal.list_date},
                {"meeting_date", proposal.meeting_date},
                {"case_number", proposal.case_number},
                {"redirect_to", proposal.redirect_to},
                {"absent_until", proposal.absent_until}};
    for (std::size_t n = 0; n < kind_fields.size() && n < proposal.kinds.size(); ++n)
        values[kind_fields[n]] = answer::name(proposal.kinds[n]);
    if (proposal.case_id > 0) {
        values["case"] = proposal.case_id;
        values["case_name"] = case_in_words(proposal.case_id);
    }
    values["has_candidates"] =
        !Rows<Id>{"select id from raadspost_message_candidate where message = {} and \"case\" <> {} limit 1",
                  message, proposal.case_id}
             .empty();
    return values;
}

Model triage_message() {
    const auto is_kind = [](const char* kind) {
        Pyson any = false;
        for (const char* field : kind_fields) any = any || eval(field) == kind;
        return any;
    };
    const Pyson listed = is_kind("listed"), met = is_kind("meeting") || is_kind("agenda"),
                elsewhere = is_kind("redirect") || is_kind("bounce_hard") || is_kind("auto_reply");
    Model model{"raadspost.triage.message", "Judge a Message"};
    model.shown()
        .field(Many2One{"message", "raadspost.message", "Message"}.readonly())
        .field(Char{"progress", "Still To Judge"}.readonly())
        .field(Char{"sender", "From"}.readonly())
        .field(DateTimeField{"received_at", "Received"}.readonly())
        .field(Char{"subject", "Subject"}.readonly())
        .field(Text{"text", "Text"}.readonly())
        .field(Text{"why", "Proposal"}.readonly())
        .field(Text{"warning", "Mind"}.readonly().invisible(eval("warning").is_empty()))
        .field(Selection{"trust", "Trust", message_trusts()}.readonly());
    const Choices choices = message_kinds();
    model.field(Char{"typed", "Enter Accepts, or Type Another Kind"}.help(
        "The beginning of a kind's name is enough; with commas between, several. \"answer\" opens a window "
        "in "
        "which to answer the message."));
    model.field(Selection{"kind", "Kind", choices}.required());
    model.field(Selection{"kind_2", "And", choices});
    model.field(Selection{"kind_3", "And", choices}.invisible(eval("kind_2").is_empty() &&
                                                              eval("kind_3").is_empty()));
    model.field(Selection{"kind_4", "And", choices}.invisible(eval("kind_3").is_empty() &&
                                                              eval("kind_4").is_empty()));
    return model
        .field(Many2One{"candidate", "raadspost.message.candidate", "Other Possible Case"}
                   .domain({where("message", "=", eval("message", -1))})
                   .depends({"message"})
                   .invisible(!eval("has_candidates", false))
                   .on_change({"candidate"}, choose_candidate))
        .field(Boolean{"has_candidates", "Has Possible Cases"})
        .field(Many2One{"case", "raadspost.case", "Case"}.on_change({"case"}, choose_case))
        .field(Char{"case_name", "Council and Appeal"}.readonly())
        .field(Char{"list_number", "Number on the List"}.invisible(!listed && eval("list_number").is_empty()))
        .field(Char{"disposal", "Disposal"}.invisible(!listed && eval("disposal").is_empty()))
        .field(DateField{"list_date", "Date of the List"}.invisible(!listed && eval("list_date").is_empty()))
        .field(DateField{"meeting_date", "Date of the Meeting"}.invisible(!met &&
                                                                          eval("meeting_date").is_empty()))
        .field(Char{"case_number", "Their Case Number"})
        .field(
            Char{"redirect_to", "Write Instead To"}.invisible(!elsewhere && eval("redirect_to").is_empty()))
        .field(DateField{"absent_until", "Absent Until"}.invisible(!is_kind("auto_reply") &&
                                                                   eval("absent_until").is_empty()))
        .field(Integer{"judged", "Judged"})
        .field(Char{"passed_over", "Passed Over"});
}

Model triage_done() {
    return Model{"raadspost.triage.done", "Nothing Left to Judge"}.shown().field(
        Text{"summary", "Done"}.readonly());
}

}  // namespace raadspost::crm
