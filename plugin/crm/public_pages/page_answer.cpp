// page_answer.cpp - an answer given on the public answer page, as it was given: who said so, what, and how it
// came. What the griffie itself said counts at once as outcomes; what somebody else said, a remark and a new
// address wait here for a person. Kept as they are; a later answer is another line.
#include "crm/public_pages/page_answer.hpp"

#include "core/public_pages/answer.hpp"
#include "crm/elections/terms.hpp"
#include "crm/entities.hpp"
#include "crm/followup/plan_line.hpp"
#include "crm/followup/planner.hpp"
#include "crm/followup/repaired_address.hpp"
#include "crm/to_the_second.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr const char* name = "raadspost.page_answer";

const Choices who_answers = {
    {"griffier", "The Griffie"}, {"councillor", "A Councillor"}, {"somebody_else", "Somebody Else"}};
const Choices states = {{"counted", "Counted"}, {"to_judge", "For a Person"}, {"judged", "Done"}};
const Choices stops = {
    {"", ""}, {"appeal", "This Appeal"}, {"association", "This Association"}, {"all", "All Appeals"}};

std::vector<std::string> kinds_in(const std::string& text) {
    std::vector<std::string> kinds;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        if (end > at) kinds.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return kinds;
}

// The keys as the selections show them, in the user's language.
Values outcomes_in_words(const Ids& answers) {
    Values words;
    for (const auto& [id, outcomes, taken_back] :
         Rows<Id, std::optional<std::string>, std::optional<std::string>>{
             "select id, outcomes, taken_back from raadspost_page_answer where id in {}", answers}) {
        std::string text;
        for (const std::string& kind : kinds_in(outcomes.value_or("")))
            text.append(text.empty() ? "" : ", ").append(label_of_choice("raadspost.outcome", "kind", kind));
        for (const std::string& kind : kinds_in(taken_back.value_or("")))
            text.append(text.empty() ? "" : ", ")
                .append(translated("msg_page_taken_back",
                                   {{"outcome", label_of_choice("raadspost.outcome", "kind", kind)}}));
        words[id] = text;
    }
    return words;
}

// The office's mailbox gets no more of what they said, unless that stands already.
void stop(const Record& answer, const std::string& proof) {
    const std::string scope = answer.text("stop");
    if (scope.empty()) return;
    const Record dispatch = answer.one("dispatch"), its_case = answer.one("case");
    const Value appeal = scope == "appeal" ? its_case.get("appeal") : Value{},
                association = scope == "association" ? its_case.one("appeal").get("association") : Value{};
    const std::string mailbox = dispatch.text("mailbox");
    if (!search("raadspost.suppression",
                {where("mailbox", "=", mailbox), where("scope", "=", scope), where("appeal", "=", appeal),
                 where("association", "=", association)})
             .empty())
        return;
    create("raadspost.suppression", {{{"email", mailbox},
                                      {"scope", scope},
                                      {"appeal", appeal},
                                      {"association", association},
                                      {"reason", "opted_out"},
                                      {"since", dutch_today()},
                                      {"note", proof}}});
}

}  // namespace

void settle_page_answers(const Ids& page_answers) {
    const auto scope = Scope::without_access_checks();
    write(name, page_answers, {{"state", "judged"}, {"judged_by", current_user()}});
    Ids councils;
    for (const auto& [council] :
         Rows<Id>{"select distinct k.council from raadspost_page_answer p join raadspost_case k "
                  "on k.id = p.\"case\" where p.id in {}",
                  page_answers})
        councils.push_back(council);
    // What waited because nobody had judged it goes on.
    plan_councils(councils);
}

void take_over(const Ids& page_answers) {
    const auto scope = Scope::without_access_checks();
    std::vector<Dict> outcomes;
    for (const Record& answer : browse(name, page_answers)) {
        if (answer.text("state") != "to_judge") continue;
        if (answer.text("who") == "griffier") {
            // The rest of what the griffie itself said counts since it came.
            if (const std::string address = answer.text("new_address"); !address.empty())
                move_to_address(answer.at<Id>("dispatch"), address);
            continue;
        }
        const Record its_case = answer.one("case");
        const std::string proof = translated(
            "msg_page_taken_over",
            {{"who", label_of_choice(name, "who", answer.text("who"))}, {"remark", answer.text("remark")}});
        stop(answer, proof);
        for (const std::string& kind : kinds_in(answer.text("outcomes"))) {
            if (!Rows<Id>{"select id from raadspost_outcome where \"case\" = {} and kind = {} and "
                          "corrected_by is null",
                          its_case.id(), kind}
                     .empty())
                continue;
            const bool listed = kind == "listed";
            outcomes.push_back({{"case", its_case.id()},
                                {"kind", kind},
                                {"on", dutch_today()},
                                {"list_number", listed ? answer.get("list_number") : Value{}},
                                {"list_date", listed ? answer.get("list_date") : Value{}},
                                {"meeting_date", kind == "agenda" ? answer.get("meeting_date") : Value{}},
                                {"source", "own_click"},
                                {"evidence", proof},
                                {"actor", current_user()}});
            record_event(
                {.appeal = its_case.at<Id>("appeal"),
                 .kind = "outcome",
                 .text = translated("msg_event_outcome",
                                    {{"council", its_case.one("council").text("name")},
                                     {"outcome", label_of_choice("raadspost.outcome", "kind", kind)}}),
                 .evidence = proof,
                 .case_id = its_case.id()});
        }
    }
    if (!outcomes.empty()) create("raadspost.outcome", outcomes);
    settle_page_answers(page_answers);
}

Model page_answer() {
    const Pyson settled = eval("state") != "to_judge";
    return Model{name, "Answer on the Page"}
        .stored()
        .shown()
        .ordered_by("at", "DESC")
        .named_by(outcomes_in_words, {"case"})
        .field(
            Many2One{"case", "raadspost.case", "Case"}.required().readonly().on_delete("CASCADE").indexed())
        .field(Many2One{"dispatch", "raadspost.dispatch", "Dispatch"}
                   .required()
                   .readonly()
                   .on_delete("CASCADE")
                   .indexed())
        .field(TimestampField{"at", "When"}.required().readonly())
        .field(Function{DateTimeField{"at_second", "When"}, to_the_second("raadspost_page_answer", "at")})
        .field(Selection{"who", "Who", who_answers}.required().readonly())
        .field(Char{"outcomes", "Outcomes (Keys)"}.readonly())
        .field(Char{"taken_back", "Taken Back (Keys)"}.readonly())
        .field(Function{Char{"words", "Outcomes"}, outcomes_in_words})
        .field(Char{"list_number", "Number on the List"}.readonly())
        .field(DateField{"list_date", "Date of the List"}.readonly())
        .field(DateField{"meeting_date", "Date of the Meeting"}.readonly())
        .field(Char{"new_address", "New Address"}.readonly())
        .field(Text{"remark", "Remark"}.readonly())
        .field(Selection{"stop", "Wants No More Of", stops}.readonly())
        .field(Boolean{"likely_scanner", "Likely a Scanner"}.readonly().help(
            "Seconds after delivery: perhaps a machine that looks at links. Nothing else follows from it."))
        .field(Char{"browser", "Browser"}.readonly())
        .field(Char{"fingerprint", "What Was Said (SHA-256)"}.readonly())
        .field(Selection{"state", "State", states}.required().readonly())
        .field(Many2One{"judged_by", "res.user", "Judged By"}.readonly().on_delete("RESTRICT"))
        .button("take_over",
                [](const Ids& answers) {
                    take_over(answers);
                    return Value{"next"};
                },
                {.invisible = settled || (eval("who") == "griffier" && eval("new_address").is_empty())})
        .button("done",
                [](const Ids& answers) {
                    settle_page_answers(answers);
                    return Value{"next"};
                },
                {.invisible = settled});
}

}  // namespace raadspost::crm
