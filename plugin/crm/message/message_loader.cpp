#include "crm/message/message_loader.hpp"

#include "core/calendar/council_term.hpp"
#include "core/council/address.hpp"
#include "core/post/limits.hpp"
#include "crm/appeal/step_texts.hpp"
#include "crm/message/message_id.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {

using namespace tryton;
using appeal::Field;

namespace {

// What the councils behind a dispatch were sent before it by the same appeal, if its step goes on with that.
// An uncertain one may have arrived; naming one that did not harms nothing.
constexpr std::string_view earlier_in_thread =
    "select d.id, e.message_id from raadspost_dispatch d join raadspost_step s on s.id = d.step "
    "join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
    "join \"raadspost_dispatch-raadspost_case\" k on k.\"case\" = l.\"case\" and k.dispatch <> d.id "
    "join raadspost_dispatch e on e.id = k.dispatch and e.appeal = d.appeal "
    "where d.id in {} and s.continues_thread and e.message_id is not null "
    "and e.state in ('sent', 'delivered', 'uncertain') order by d.id, e.sent_at, e.id";

// Asked only where a step goes on with a thread: to plan the question takes PostgreSQL longer than the others
// together.
bool goes_on_with_a_thread(const std::set<Id>& steps) {
    return !Rows<Id>{"select id from raadspost_step where id in {} and continues_thread limit 1",
                     Ids(steps.begin(), steps.end())}
                .empty();
}

// "2022-2027 en 2026-2030" where they differ.
std::string distinct(const std::vector<const CouncilFacts*>& councils, std::string CouncilFacts::*field) {
    std::vector<std::string> values;
    for (const CouncilFacts* each : councils)
        if (std::find(values.begin(), values.end(), each->*field) == values.end())
            values.push_back(each->*field);
    return appeal::dutch_enumeration(values, values.size());
}

// For the mail to a shared office: names listed, figures added up.
appeal::FieldValues values_of_all(const std::vector<const CouncilFacts*>& councils,
                                  const ProvinceFigures& province, const GriffieFacts& griffie) {
    CouncilFacts all = *councils.front();
    std::vector<std::string> names{all.name}, codes{all.code};
    for (std::size_t n = 1; n < councils.size(); ++n) {
        const CouncilFacts& each = *councils[n];
        names.push_back(each.name);
        codes.push_back(each.code);
        all.inhabitants += each.inhabitants;
        all.seats += each.seats;
        if (all.new_councillors && each.new_councillors)
            *all.new_councillors += *each.new_councillors;
        else
            all.new_councillors.reset();
        all.village_organisations.insert(all.village_organisations.end(), each.village_organisations.begin(),
                                         each.village_organisations.end());
        all.meeting_places.insert(all.meeting_places.end(), each.meeting_places.begin(),
                                  each.meeting_places.end());
    }
    all.period = distinct(councils, &CouncilFacts::period);
    all.voting_day = distinct(councils, &CouncilFacts::voting_day);
    all.installation_day = distinct(councils, &CouncilFacts::installation_day);
    all.name = appeal::dutch_enumeration(names, names.size());
    all.code = appeal::dutch_enumeration(codes, codes.size());
    return field_values(all, province, griffie);
}

// The association's own, or that of whoever signs.
std::string signature_of(const StepTexts& texts) {
    if (texts.signature.find_first_not_of(" \r\n\t") != std::string::npos) return texts.signature;
    const std::string& association = texts.letterhead.association;
    if (texts.signatories.empty())
        return texts.from.name == association ? association : texts.from.name + '\n' + association;
    const appeal::Signatory& first = texts.signatories.front();
    return first.name + '\n' + (first.function.empty() ? "" : first.function + ", ") + association;
}

}  // namespace

std::string reference_of(Id appeal, const std::string& council_code) {
    return "R" + std::to_string(std::max<Id>(appeal, 0)) + "-" + council_code;
}

std::string address_source(std::string_view griffie_status) {
    if (griffie_status == "confirmed")
        return "Het adres van de griffie hebben wij van haarzelf, van haar website of uit onze eigen "
               "adressenlijst.";
    if (griffie_status == "unconfirmed")
        return "Het adres van de griffie hebben wij afgeleid van het webdomein van de gemeente.";
    return {};
}

MessageLoader::MessageLoader()
    : links_{PublicLinks::load()},
      rewritten_recipient_{configured("raadspost", "rewrite_recipients").value_or("")} {}

const SharedTexts& MessageLoader::texts(Id appeal, Id step) {
    const std::pair key{appeal, step};
    const auto known = texts_.find(key);
    if (known != texts_.end()) return known->second;
    return texts_.emplace(key, load_step_texts(appeal, step)).first->second;
}

const ProvinceFigures& MessageLoader::province(Id id) {
    if (!provinces_loaded_) provinces_ = load_province_figures();
    provinces_loaded_ = true;
    return provinces_[id];
}

std::vector<MessageInputs> MessageLoader::load(const Ids& dispatches) {
    if (dispatches.empty()) return {};
    std::map<Id, Commission> found;
    std::set<Id> steps;
    for (auto& [id, appeal, step, griffie, mailbox] : Rows<Id, Id, Id, std::optional<Id>, std::string>{
             "select id, appeal, step, griffie, mailbox from raadspost_dispatch where id in {}",
             dispatches}) {
        steps.insert(step);
        found.emplace(id, Commission{.dispatch = id,
                                     .appeal = appeal,
                                     .griffie = griffie.value_or(0),
                                     .recipient = std::move(mailbox),
                                     .thread = {},
                                     .councils = {},
                                     .texts = texts(appeal, step)});
    }
    // The open case of a council that is no more goes on at its successor, which the message then speaks to.
    for (const auto& [dispatch, council] : Rows<Id, Id>{
             "select distinct l.dispatch, case when c.active_to < current_date then coalesce(c.successor, "
             "c.id) "
             "else c.id end as addressed from \"raadspost_dispatch-raadspost_case\" l "
             "join raadspost_case k on k.id = l.\"case\" join raadspost_council c on c.id = k.council "
             "where l.dispatch in {} order by 1, 2",
             dispatches})
        if (const auto commission = found.find(dispatch); commission != found.end())
            commission->second.councils.push_back(council);

    const auto add_to_thread = [&](Id dispatch, std::string message_id) {
        const auto commission = found.find(dispatch);
        if (commission == found.end()) return;
        auto& thread = commission->second.thread;
        // Behind a shared office stand several cases, and the same message is each one's.
        if (std::find(thread.begin(), thread.end(), message_id) != thread.end()) return;
        // The first tells the thread, the latest what is answered: RFC 5322 lets those between go.
        if (thread.size() == post::limits::reference_count) thread.erase(thread.begin() + 1);
        thread.push_back(std::move(message_id));
    };
    if (goes_on_with_a_thread(steps))
        Rows<Id, std::string>::each(earlier_in_thread, {Value{dispatches}}, add_to_thread);

    std::vector<Commission> commissions;
    commissions.reserve(dispatches.size());
    for (const Id id : dispatches)
        if (const auto commission = found.find(id); commission != found.end())
            commissions.push_back(std::move(commission->second));
    return assemble(std::move(commissions));
}

std::vector<MessageInputs> MessageLoader::preview(Id appeal, const SharedTexts& texts, const Ids& councils,
                                                  std::string_view recipient) {
    const auto griffies = choose_griffies(councils);
    std::vector<Commission> commissions;
    commissions.reserve(councils.size());
    for (const Id council : councils) {
        const auto griffie = griffies.find(council);
        commissions.push_back({.dispatch = 0,
                               .appeal = appeal,
                               .griffie = griffie == griffies.end() ? 0 : griffie->second,
                               .recipient = std::string{recipient},
                               .thread = {},
                               .councils = {council},
                               .texts = texts});
    }
    return assemble(std::move(commissions));
}

std::vector<MessageInputs> MessageLoader::preview(Id appeal, Id step, const Ids& councils,
                                                  std::string_view recipient) {
    return preview(appeal, texts(appeal, step), councils, recipient);
}

std::vector<MessageInputs> MessageLoader::preview(Id appeal, const UnsavedTexts& unsaved,
                                                  const Ids& councils) {
    return preview(appeal, load_step_texts(appeal, unsaved), councils, {});
}

std::vector<MessageInputs> MessageLoader::assemble(std::vector<Commission> commissions) {
    std::set<Id> councils, griffies;
    for (const Commission& each : commissions) {
        councils.insert(each.councils.begin(), each.councils.end());
        if (each.griffie > 0) griffies.insert(each.griffie);
    }
    const auto council_facts = load_council_facts({councils.begin(), councils.end()});
    const auto griffie_facts = load_griffie_facts({griffies.begin(), griffies.end()});
    std::vector<MessageInputs> inputs;
    inputs.reserve(commissions.size());
    for (const Commission& each : commissions) inputs.push_back(assemble(each, council_facts, griffie_facts));
    return inputs;
}

MessageInputs MessageLoader::assemble(const Commission& commission,
                                      const std::map<Id, CouncilFacts>& council_facts,
                                      const std::map<Id, GriffieFacts>& griffie_facts) {
    MessageInputs inputs;
    inputs.dispatch = commission.dispatch;
    if (!commission.texts) {
        inputs.problem = commission.texts.problem();
        return inputs;
    }
    inputs.texts = *commission.texts;
    std::vector<const CouncilFacts*> councils;
    for (const Id id : commission.councils)
        if (const auto facts = council_facts.find(id); facts != council_facts.end())
            councils.push_back(&facts->second);
    if (councils.empty()) {
        inputs.problem = Problem{.id = "appeal_no_council",
                                 .place = {},
                                 .found = {},
                                 .text = "There is no council behind this message."};
        return inputs;
    }
    const auto known_griffie = griffie_facts.find(commission.griffie);
    const GriffieFacts griffie =
        known_griffie == griffie_facts.end() ? GriffieFacts{} : known_griffie->second;
    const StepTexts& texts = *inputs.texts;

    inputs.date = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    inputs.day = calendar::day_in_the_netherlands(inputs.date);
    inputs.recipient = commission.recipient.empty() ? griffie.mailbox : commission.recipient;
    inputs.recipient_name = griffie.name;
    if (!rewritten_recipient_.empty()) inputs.recipient = rewritten_recipient_;
    inputs.reference = reference_of(commission.appeal, councils.front()->code);
    inputs.message_id =
        new_message_id(links_.reply_domain().empty() ? domain_of(texts.from.address) : links_.reply_domain());
    inputs.envelope_sender = links_.bounce_address(commission.dispatch);
    if (inputs.envelope_sender.empty()) inputs.envelope_sender = texts.from.address;
    inputs.reply_to = links_.reply_address(commission.dispatch);
    inputs.unsubscribe_link = links_.unsubscribe(commission.dispatch);
    inputs.thread = commission.thread;

    const std::string answer = links_.answer(commission.dispatch);
    const std::string web_version = links_.web_version(commission.dispatch);
    const auto add_common = [&](appeal::FieldValues& values, const std::string& reference) {
        values.set(Field::vereniging, texts.letterhead.association)
            .set(Field::afzender,
                 texts.signatories.empty() ? texts.from.name : texts.signatories.front().name)
            .set(Field::afzender_functie,
                 texts.signatories.empty() ? std::string{} : texts.signatories.front().function)
            .set(Field::afzender_adres,
                 texts.reply_to.address.empty() ? texts.from.address : texts.reply_to.address)
            .set(Field::ondertekening, signature_of(texts))
            .set(Field::kenmerk, reference)
            .set(Field::datum, appeal::dutch_date(inputs.day))
            .set(Field::webversie, web_version)
            .set(Field::antwoordpagina, answer);
    };

    for (const CouncilFacts* facts : councils) {
        CouncilInputs council{.code = facts->code,
                              .addressee = addressee_lines(*facts, griffie),
                              .values = field_values(*facts, province(facts->province), griffie)};
        add_common(council.values, reference_of(commission.appeal, facts->code));
        inputs.councils.push_back(std::move(council));
    }
    inputs.values = councils.size() == 1
                        ? inputs.councils.front().values
                        : values_of_all(councils, province(councils.front()->province), griffie);
    if (councils.size() > 1) add_common(inputs.values, inputs.reference);

    inputs.frame = {.association = texts.letterhead.association,
                    .colour = texts.letterhead.colour,
                    .council = inputs.values[Field::gemeente],
                    .sender_address = texts.from.address,
                    .recipient = inputs.recipient,
                    .address_source = address_source(griffie.status),
                    .postal_address = texts.letterhead.return_line,
                    .reference = inputs.reference,
                    .answer_link = answer,
                    .web_version_link = web_version,
                    .unsubscribe_link = inputs.unsubscribe_link,
                    .letters = texts.letter ? inputs.councils.size() : 0};
    return inputs;
}

}  // namespace raadspost::crm
