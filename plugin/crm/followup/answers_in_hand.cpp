#include "crm/followup/answers_in_hand.hpp"

#include "core/answer/acting/consequences.hpp"
#include "crm/followup/planner.hpp"
#include "crm/tracking/planning.hpp"
#include "crm/triage/settling.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {

using namespace tryton;
using answer::Kind;

namespace {

const std::string message_waits = "m.state in ('new', 'proposed') and coalesce(m.trust, '') <> 'forged' ";
// A machine that follows links says nothing about the appeal.
const std::string page_waits = "p.state = 'to_judge' and not coalesce(p.likely_scanner, false) ";

// Of their own case, or of each that they were matched with.
void of_messages(const std::string& among, const List& parameters, std::vector<AnswerInHand>& found) {
    const std::string said = "select k.appeal, k.council, k.period, m.kinds from raadspost_message m ",
                      waits = " where " + message_waits;
    List twice = parameters;
    twice.insert(twice.end(), parameters.begin(), parameters.end());
    Rows<Id, Id, std::string, std::optional<std::string>>::each(
        said + "join raadspost_case k on k.id = m.\"case\"" + waits + "and k.appeal in {}" + among +
            " union all " + said + "join raadspost_message_candidate c on c.message = m.id " +
            "join raadspost_case k on k.id = c.\"case\"" + waits +
            "and m.\"case\" is null and k.appeal in {}" + among,
        twice,
        [&](Id appeal, Id council, const std::string& period, const std::optional<std::string>& stored) {
            const Kinds kinds = kinds_of(stored.value_or(""));
            if (!answer::may_answer(kinds)) return;
            const bool may_stop = std::ranges::find(kinds, Kind::opt_out) != kinds.end();
            found.push_back({appeal, council, period, may_stop});
        });
}

void of_pages(const std::string& among, const List& parameters, std::vector<AnswerInHand>& found) {
    Rows<Id, Id, std::string, std::optional<std::string>>::each(
        "select k.appeal, k.council, k.period, p.stop from raadspost_page_answer p join raadspost_case k "
        "on k.id = p.\"case\" where " +
            page_waits + "and k.appeal in {}" + among,
        parameters,
        [&](Id appeal, Id council, const std::string& period, const std::optional<std::string>& stop) {
            found.push_back({appeal, council, period, stop && !stop->empty()});
        });
}

// The cases that a message may be about, or that the machine took it to be about.
Ids touched_by(Id message) {
    Ids cases;
    for (const auto& [id] : Rows<std::optional<Id>>{
             "select \"case\" from raadspost_message where id = {} union select machine_case from "
             "raadspost_message where id = {} union select \"case\" from raadspost_message_candidate where "
             "message = {}",
             message, message, message})
        if (id) cases.push_back(*id);
    return cases;
}

}  // namespace

std::vector<AnswerInHand> answers_in_hand(const Ids& appeals, const Ids& councils) {
    std::vector<AnswerInHand> found;
    List parameters{appeals};
    if (!councils.empty()) parameters.emplace_back(councils);
    const std::string among = councils.empty() ? "" : " and k.council in {}";
    of_messages(among, parameters, found);
    of_pages(among, parameters, found);
    return found;
}

void call_back_for(Id message) {
    const Ids cases = touched_by(message);
    if (cases.empty()) return;
    hold("to_judge",
         "state in ('released', 'deferred') and id in (select l.dispatch from "
         "\"raadspost_dispatch-raadspost_case\" l where l.\"case\" in {})",
         {cases});
}

// As answers_in_hand() counts them; and each once, or a step that goes to all would wait for ever.
void call_back_answered(const Ids& councils) {
    const std::string ready =
        "from raadspost_dispatch d join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
        "join raadspost_case k on k.id = l.\"case\" ";
    std::string which = "d.journal is null and d.state in ('released', 'deferred') ";
    List twice;  // each question has two halves
    if (!councils.empty()) {
        which += "and k.council in {} ";
        twice = {councils, councils};
    }
    std::set<Id> answered;
    Rows<Id>::each("select d.id " + ready + "join raadspost_outcome o on o.\"case\" = k.id where " + which +
                       "and o.create_date >= d.released_at and o.corrected_by is null "
                       "and o.source <> 'council_information' and o.kind not in ('receipt', 'retracted') "
                       "union select d.id " +
                       ready + "join raadspost_page_answer p on p.\"case\" = k.id where " + which +
                       "and p.create_date >= d.released_at and " + page_waits,
                   twice, [&](Id dispatch) { answered.insert(dispatch); });
    // A message is kept first and read later: when its candidates are found.
    const std::string waits =
        "and " + message_waits +
        "and coalesce((select "
        "max(x.create_date) from raadspost_message_candidate x where x.message = m.id), m.create_date) >= "
        "d.released_at";
    Rows<Id, std::optional<std::string>>::each(
        "select d.id, m.kinds " + ready + "join raadspost_message m on m.\"case\" = k.id where " + which +
            waits + " union all select d.id, m.kinds " + ready +
            "join raadspost_message_candidate c on c.\"case\" = k.id join raadspost_message m "
            "on m.id = c.message and m.\"case\" is null where " +
            which + waits,
        twice, [&](Id dispatch, const std::optional<std::string>& kinds) {
            if (answer::may_answer(kinds_of(kinds.value_or("")))) answered.insert(dispatch);
        });
    if (!answered.empty())
        hold("to_judge", "state in ('released', 'deferred') and id in {}",
             {Ids(answered.begin(), answered.end())});
}

void plan_around_message(Id message) {
    call_back_for(message);
    Ids councils;
    if (const Ids cases = touched_by(message); !cases.empty())
        for (const auto& [council] :
             Rows<Id>{"select distinct council from raadspost_case where id in {}", cases})
            councils.push_back(council);
    plan_councils(councils);
}

}  // namespace raadspost::crm
