// message_buttons.cpp - what lists and forms of received messages show beside what is stored, and the buttons
// with which a person judges one.
#include "core/answer/review/marked_text.hpp"
#include "crm/opening.hpp"
#include "crm/triage/judgement.hpp"
#include "crm/triage/kinds.hpp"
#include "crm/triage/told.hpp"
#include "crm/triage/triage_message.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

using Maybe = std::optional<std::string>;

std::map<std::string, Values> shown(const Ids& messages, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    const KindWords words;
    for (const auto& [id, name, address, kinds, text, line, confidence] :
         Rows<Id, Maybe, Maybe, Maybe, Maybe, Maybe, std::optional<double>>{
             "select id, from_name, from_address, kinds, text, deciding_line, confidence from "
             "raadspost_message where "
             "id in {}",
             messages}) {
        found["sender"][id] = name && !name->empty() ? *name : address.value_or("");
        found["kinds_in_words"][id] = words.of(kinds.value_or(""));
        found["marked_text"][id] = answer::marked(text.value_or(""), lines_of(line.value_or("")));
        found["sureness"][id] = confidence ? Value{std::to_string(percent(*confidence)) + " %"} : Value{};
    }
    return found;
}

// As proposed, without a look at the facts; the client goes on to the next message.
Value accept_proposal(const Ids& messages) {
    const auto scope = Scope::without_access_checks();
    for (const Id id : messages) accept(id);
    return "next";
}

Value put_aside(const Ids& messages) {
    const auto scope = Scope::without_access_checks();
    for (const Id id : messages) set_aside(id);
    return "next";
}

Value judge_again(const Ids& messages) {
    const auto scope = Scope::without_access_checks();
    for (const Id id : messages) take_back(id);
    return "reload";
}

}  // namespace

void add_triage(Model& message) {
    const Pyson waits = eval("state").in({"new", "proposed"}), aside = eval("state") == "set_aside",
                settled = eval("state") == "settled";
    message
        .fields({Char{"sender", "Sender"}, Char{"kinds_in_words", "Kinds"}, Text{"marked_text", "Text"},
                 Char{"sureness", "Confidence"}},
                shown)
        .button("accept_proposal", accept_proposal,
                {.invisible = !waits || eval("trust") == "forged" || eval("kinds").is_empty()})
        .button("open_triage", opening("wizard_triage_of_message"), {.invisible = !waits && !aside})
        .button("put_aside", put_aside, {.invisible = !waits})
        .button("judge_again", judge_again, {.invisible = !settled})
        .button("write_reply", opening("wizard_write_reply"),
                {.invisible = eval("state") == "unread" || eval("trust") == "forged"});
}

}  // namespace raadspost::crm
