#include "crm/public_pages/message_facts.hpp"

#include "core/appeal/fields.hpp"
#include "core/calendar/council_term.hpp"
#include "crm/message/message_loader.hpp"
#include "crm/message/public_links.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

namespace {

using Maybe = std::optional<std::string>;

DateTime now() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Straight from its row: the host's record would cost more than the rest of a page.
std::int64_t number(const std::string& field) {
    const Rows<std::optional<std::int64_t>> row{"select " + field +
                                                " from raadspost_configuration order by id limit 1"};
    if (!row.empty()) return std::get<0>(row.front()).value_or(0);
    return setting("raadspost.configuration", field).as<std::optional<std::int64_t>>().value_or(0);
}

std::string joined(const std::vector<Maybe>& parts, std::string_view between) {
    std::string text;
    for (const Maybe& each : parts)
        if (each && !each->empty()) text.append(text.empty() ? "" : between).append(*each);
    return text;
}

void load_cases(PublicMessage& message) {
    std::vector<std::string> names;
    for (auto& [id, council, code, name] : Rows<Id, Id, std::string, std::string>{
             "select k.id, c.id, c.code, c.name from \"raadspost_dispatch-raadspost_case\" l "
             "join raadspost_case k on k.id = l.\"case\" join raadspost_council c on c.id = k.council "
             "where l.dispatch = {} order by c.id",
             message.dispatch}) {
        names.push_back(name);
        message.cases.push_back({id, council, {}});
        message.facts.councils.push_back({std::move(code), std::move(name), {}});
    }
    message.facts.council_names = appeal::dutch_enumeration(names, names.size());
}

void load_outcomes(PublicMessage& message) {
    Ids cases;
    for (const auto& each : message.cases) cases.push_back(each.id);
    if (cases.empty()) return;
    for (auto& [id, of_case, kind, on, list_number, list_date, meeting_date, source] :
         Rows<Id, Id, std::string, Date, Maybe, std::optional<Date>, std::optional<Date>, std::string>{
             "select id, \"case\", kind, \"on\", list_number, list_date, meeting_date, source "
             "from raadspost_outcome where \"case\" in {} and corrected_by is null and kind <> 'retracted' "
             "order by \"on\", id",
             cases}) {
        const auto found = std::ranges::find(message.cases, of_case, &PublicMessage::Case::id);
        found->outcomes.push_back(id);
        message.facts.councils[static_cast<std::size_t>(found - message.cases.begin())].recorded.push_back(
            {.kind = std::move(kind),
             .on = on,
             .list_number = list_number.value_or(""),
             .list_date = list_date,
             .meeting_date = meeting_date,
             .from_this_page = source == "own_click"});
    }
}

}  // namespace

std::optional<PublicMessage> load_public_message(Id dispatch, bool expires) {
    // What a sender has taken may have arrived before the sender says so.
    const Rows<Id, Id, Maybe, std::string, std::optional<DateTime>, Maybe, Maybe, Maybe, Maybe> found{
        "select d.appeal, a.association, d.subject, d.mailbox, d.sent_at, d.bytes_file, d.bytes_hash, "
        "d.inputs_hash, g.status from raadspost_dispatch d join raadspost_appeal a on a.id = d.appeal "
        "left join raadspost_griffie g on g.id = d.griffie where d.id = {} "
        "and d.state in ('claimed', 'deferred', 'sent', 'uncertain', 'delivered', 'bounced')",
        dispatch};
    if (found.empty()) return std::nullopt;
    PublicMessage message;
    message.dispatch = dispatch;
    Maybe subject, file, hash, inputs, status;
    std::tie(message.appeal, message.association, subject, message.mailbox, message.sent_at, file, hash,
             inputs, status) = found.front();
    if (const auto days = number("public_days");
        expires && days > 0 && message.sent_at && *message.sent_at < now() - std::chrono::days{days})
        return std::nullopt;
    message.bytes_file = file.value_or("");
    message.bytes_hash = hash.value_or("");
    message.inputs_hash = inputs.value_or("");
    load_cases(message);
    if (message.cases.empty()) return std::nullopt;
    load_outcomes(message);

    auto& facts = message.facts;
    const Rows<std::string, std::string, Maybe, Maybe, Maybe, Maybe> association{
        "select name, sender_email, reply_to, street, postcode, city from raadspost_association where id = "
        "{}",
        message.association};
    if (association.empty()) return std::nullopt;
    const auto& [name, sender, reply_to, street, postcode, city] = association.front();
    facts.association = name;
    facts.sender_address = reply_to && !reply_to->empty() ? *reply_to : sender;
    facts.postal_address = joined({street, joined({postcode, city}, " ")}, ", ");
    facts.address_source = address_source(status.value_or(""));
    facts.reference = reference_of(message.appeal, facts.councils.front().code);
    facts.subject = subject.value_or("");
    if (const std::string ending = " [" + facts.reference + "]"; facts.subject.ends_with(ending))
        facts.subject.resize(facts.subject.size() - ending.size());
    if (message.sent_at)
        facts.sent_on =
            calendar::day_in_the_netherlands(std::chrono::floor<std::chrono::seconds>(*message.sent_at));
    const PublicLinks links = PublicLinks::load();
    facts.answer_link = links.answer(dispatch);
    facts.web_version_link = links.web_version(dispatch);
    facts.unsubscribe_link = links.unsubscribe(dispatch);
    return message;
}

bool is_likely_scanner(const PublicMessage& message, DateTime now) {
    return message.sent_at && now - *message.sent_at < std::chrono::seconds{number("scanner_seconds")};
}

}  // namespace raadspost::crm
