#include "crm/public_pages/message_facts.hpp"

#include "core/appeal/fields.hpp"
#include "core/calendar/council_term.hpp"
#include "crm/message/message_loader.hpp"
#include "crm/message/public_links.hpp"
#include "crm/moment.hpp"
#include "crm/sending/release.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <map>

namespace raadspost::crm {

using namespace tryton;
using public_pages::Stop;

namespace {

using Maybe = std::optional<std::string>;

std::int64_t number(const std::string& field) {
    return setting("raadspost.configuration", field).as<std::optional<std::int64_t>>().value_or(0);
}

std::string joined(const std::vector<Maybe>& parts, std::string_view between) {
    std::string text;
    for (const Maybe& each : parts)
        if (each && !each->empty()) text.append(text.empty() ? "" : between).append(*each);
    return text;
}

using ById = std::map<Id, PublicMessage>;  // of the dispatch

// What a sender has taken may have arrived before the sender says so.
ById load_dispatches(Id first, Id last) {
    ById found;
    const auto days = number("public_days");
    const auto folder = frozen_folder();
    for (auto& [dispatch, appeal, association, subject, mailbox, sent_at, file, hash, inputs, status] :
         Rows<Id, Id, Id, Maybe, std::string, std::optional<DateTime>, Maybe, Maybe, Maybe, Maybe>{
             "select d.id, d.appeal, a.association, d.subject, d.mailbox, d.sent_at, d.bytes_file, "
             "d.bytes_hash, d.inputs_hash, g.status from raadspost_dispatch d "
             "join raadspost_appeal a on a.id = d.appeal left join raadspost_griffie g on g.id = d.griffie "
             "where d.id between {} and {} "
             "and d.state in ('claimed', 'deferred', 'sent', 'uncertain', 'delivered', 'bounced')",
             first, last}) {
        PublicMessage& message = found[dispatch];
        message.dispatch = dispatch, message.appeal = appeal, message.association = association;
        message.mailbox = std::move(mailbox);
        message.sent_at = sent_at;
        message.expired = days > 0 && sent_at && *sent_at < now() - std::chrono::days{days};
        message.bytes_file = file.value_or("");
        message.bytes_hash = hash.value_or("");
        message.inputs_hash = inputs.value_or("");
        message.bytes_folder = folder;
        message.facts.subject = subject.value_or("");
        message.facts.address_source = address_source(status.value_or(""));
        if (sent_at)
            message.facts.sent_on =
                calendar::day_in_the_netherlands(std::chrono::floor<std::chrono::seconds>(*sent_at));
    }
    return found;
}

void load_cases(Id first, Id last, ById& messages) {
    for (auto& [dispatch, id, council, code, name] : Rows<Id, Id, Id, std::string, std::string>{
             "select l.dispatch, k.id, c.id, c.code, c.name from \"raadspost_dispatch-raadspost_case\" l "
             "join raadspost_case k on k.id = l.\"case\" join raadspost_council c on c.id = k.council "
             "where l.dispatch between {} and {} order by l.dispatch, c.id",
             first, last}) {
        const auto message = messages.find(dispatch);
        if (message == messages.end()) continue;
        message->second.cases.push_back({id, council, {}});
        message->second.facts.councils.push_back({std::move(code), std::move(name), {}});
    }
}

// In the order in which they came.
void load_outcomes(Id first, Id last, ById& messages) {
    for (auto& [dispatch, id, of_case, kind, on, list_number, list_date, meeting_date, source] :
         Rows<Id, Id, Id, std::string, Date, Maybe, std::optional<Date>, std::optional<Date>, std::string>{
             "select l.dispatch, o.id, o.\"case\", o.kind, o.\"on\", o.list_number, o.list_date, "
             "o.meeting_date, o.source from \"raadspost_dispatch-raadspost_case\" l "
             "join raadspost_outcome o on o.\"case\" = l.\"case\" where l.dispatch between {} and {} "
             "and o.corrected_by is null and o.kind <> 'retracted' order by o.\"on\", o.id",
             first, last}) {
        const auto message = messages.find(dispatch);
        if (message == messages.end()) continue;
        auto& cases = message->second.cases;
        const auto found = std::ranges::find(cases, of_case, &PublicMessage::Case::id);
        found->outcomes.push_back(id);
        message->second.facts.councils[static_cast<std::size_t>(found - cases.begin())].recorded.push_back(
            {.kind = std::move(kind),
             .on = on,
             .list_number = list_number.value_or(""),
             .list_date = list_date,
             .meeting_date = meeting_date,
             .from_this_page = source == "own_click"});
    }
}

// The widest that holds for its mailbox.
void load_stops(Id first, Id last, ById& messages) {
    for (const auto& [dispatch, scope] : Rows<Id, std::string>{
             "select d.id, u.scope from raadspost_dispatch d join raadspost_appeal a on a.id = d.appeal "
             "join raadspost_suppression u on u.mailbox = d.mailbox and (u.scope = 'all' or (u.scope = "
             "'association' and u.association = a.association) or (u.scope = 'appeal' and u.appeal = a.id)) "
             "where d.id between {} and {}",
             first, last}) {
        const auto message = messages.find(dispatch);
        if (message == messages.end()) continue;
        Stop& stopped = message->second.facts.stopped;
        stopped = std::max(stopped, scope == "all"           ? Stop::all
                                    : scope == "association" ? Stop::association
                                                             : Stop::appeal);
    }
}

struct Sender {
    std::string name, address, postal_address, colour;
};

std::map<Id, Sender> load_senders(const ById& messages) {
    Ids associations;
    for (const auto& [id, message] : messages) associations.push_back(message.association);
    std::ranges::sort(associations);
    associations.erase(std::ranges::unique(associations).begin(), associations.end());
    std::map<Id, Sender> senders;
    if (associations.empty()) return senders;
    for (const auto& [id, name, sender, reply_to, street, postcode, city, colour] :
         Rows<Id, std::string, std::string, Maybe, Maybe, Maybe, Maybe, Maybe>{
             "select id, name, sender_email, reply_to, street, postcode, city, colour from "
             "raadspost_association "
             "where id in {}",
             associations})
        senders[id] = {name, reply_to && !reply_to->empty() ? *reply_to : sender,
                       joined({street, joined({postcode, city}, " ")}, ", "), colour.value_or("")};
    return senders;
}

void finish(PublicMessage& message, const Sender& sender, const PublicLinks& links) {
    auto& facts = message.facts;
    std::vector<std::string> names;
    for (const auto& council : facts.councils) names.push_back(council.name);
    facts.council_names = appeal::dutch_enumeration(names, names.size());
    facts.house = {sender.name, sender.colour};
    facts.sender_address = sender.address;
    facts.postal_address = sender.postal_address;
    facts.reference = reference_of(message.appeal, facts.councils.front().code);
    if (const std::string ending = " [" + facts.reference + "]"; facts.subject.ends_with(ending))
        facts.subject.resize(facts.subject.size() - ending.size());
    facts.answer_link = links.answer(message.dispatch);
    facts.web_version_link = links.web_version(message.dispatch);
    facts.unsubscribe_link = links.unsubscribe(message.dispatch);
    message.letter_link = links.letter(message.dispatch);
}

}  // namespace

std::vector<PublicMessage> load_public_messages(Id first, Id last) {
    ById messages = load_dispatches(first, last);
    if (messages.empty()) return {};
    load_cases(first, last, messages);
    load_outcomes(first, last, messages);
    load_stops(first, last, messages);
    const auto senders = load_senders(messages);
    const PublicLinks links = PublicLinks::load();
    std::vector<PublicMessage> loaded;
    for (auto& [id, message] : messages) {
        const auto sender = senders.find(message.association);
        if (message.cases.empty() || sender == senders.end()) continue;
        finish(message, sender->second, links);
        loaded.push_back(std::move(message));
    }
    return loaded;
}

std::optional<PublicMessage> load_public_message(Id dispatch) {
    auto loaded = load_public_messages(dispatch, dispatch);
    if (loaded.empty()) return std::nullopt;
    return std::move(loaded.front());
}

bool is_likely_scanner(const PublicMessage& message, DateTime now) {
    return message.sent_at && now - *message.sent_at < std::chrono::seconds{number("scanner_seconds")};
}

}  // namespace raadspost::crm
