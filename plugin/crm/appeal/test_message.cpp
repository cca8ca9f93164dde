#include "crm/appeal/test_message.hpp"

#include "crm/message/message_loader.hpp"
#include "crm/message/relay.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/tracking/event.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// Somebody waits at the screen: no ten minutes for the reply to the dot.
constexpr std::chrono::seconds patience{30};

std::string address_of_user() {
    const Rows<std::optional<std::string>> rows{"select email from res_user where id = {}", current_user()};
    const std::string address = rows.empty() ? "" : std::get<0>(rows.front()).value_or("");
    if (address.empty()) throw UserError{"msg_test_no_address"};
    return address;
}

// The relay's own words where it spoke; without them what staff can do about it. The evidence keeps ours.
std::string outcome_sentence(const post::Submission& said, const Dict& told) {
    if (said.outcome == post::Outcome::accepted) return translated("msg_event_test_sent", told);
    return translated(said.code == 0 ? "msg_event_test_unanswered" : "msg_event_test_failed", told);
}

post::Submission submit(const Rendered& message, post::Relay relay) {
    relay.timeouts = {patience, patience, patience, patience, patience, patience};
    post::SmtpSession session{std::move(relay)};
    auto submission =
        session.submit({.sender = message.envelope_sender, .recipient = message.recipient, .envelope_id = {}},
                       message.bytes, [] { return true; });
    if (submission) return *submission;
    post::Submission refused;
    refused.outcome = post::Outcome::refused;
    refused.text = submission.problem().text;
    return refused;
}

}  // namespace

Value send_test(const Ids& appeals) {
    const std::string address = address_of_user();
    auto relay = configured_relay();
    if (!relay) throw UserError{"msg_relay_setting", {{"found", relay.problem().found}}};
    for (const Record& appeal : browse("raadspost.appeal", appeals)) {
        const Value council = appeal.get("preview_council");
        if (council.is_null()) throw UserError{"msg_preview_choose_council"};
        const auto inputs = MessageLoader{}.preview(appeal.id(), 0, {council.as<Id>()}, address);
        Renderer renderer;
        const auto message = without_gil([&] { return render(inputs.front(), renderer); });
        if (!message) throw UserError{"msg_appeal_problems", {{"problems", sentence(message.problem())}}};
        const post::Submission said = without_gil([&] { return submit(*message, *relay); });
        const bool accepted = said.outcome == post::Outcome::accepted;
        const std::string reply = std::to_string(said.code) + " " + said.text;
        const Dict told = {{"address", message->recipient}, {"reply", reply}};
        record_event({.appeal = appeal.id(),
                      .kind = accepted ? "test_sent" : "test_failed",
                      .text = outcome_sentence(said, told),
                      .evidence = reply});
    }
    return "reload";
}

Values last_test(const Ids& appeals) {
    Values found;
    for (const Id appeal : appeals) found[appeal] = "";
    for (const auto& [appeal, text] : Rows<Id, std::string>{
             "select appeal, text from raadspost_event where id in (select max(id) from raadspost_event "
             "where appeal in {} and kind in ('test_sent', 'test_failed') group by appeal)",
             appeals})
        found[appeal] = text;
    return found;
}

}  // namespace raadspost::crm
