// MessageLoader: reads from the CRM what messages are made of (rendering.hpp), for whole batches with a
// number of queries that does not grow with the batch. Keeps what messages have in common (texts,
// association, figures of a province) for as long as it lives: make one for each run, not one for each batch,
// and none for longer than a run. [gil-held], inside one transaction.
#pragma once

#include "crm/country/council_facts.hpp"
#include "crm/message/public_links.hpp"
#include "crm/message/rendering.hpp"

#include <map>
#include <string_view>

namespace raadspost::crm {

// Texts in the making, as they stand in a form that is not saved yet.
struct UnsavedTexts {
    std::string subject, message, letter_subject, letter;
    tryton::Id association = 0;
    bool with_letter = true;
};

using SharedTexts = Result<std::shared_ptr<const StepTexts>>;

// Whence a griffie's address comes, by its status, in the words of the message.
std::string address_source(std::string_view griffie_status);
std::string reference_of(tryton::Id appeal, const std::string& council_code);  // "R12-GM0397"

class MessageLoader {
public:
    MessageLoader();

    // One MessageInputs for each dispatch, in the order of the ids. A dispatch that cannot be rendered
    // carries its problem. Message-IDs are made here, anew at each call.
    std::vector<MessageInputs> load(const tryton::Ids& dispatches);

    // The same message as it would go to these councils, without a dispatch; step 0 is the appeal's first.
    // `recipient` replaces the griffie's mailbox where it is not empty (test message).
    std::vector<MessageInputs> preview(tryton::Id appeal, tryton::Id step, const tryton::Ids& councils,
                                       std::string_view recipient = {});
    // `appeal` may be 0 or negative: not saved yet, without signatories and attachments then.
    std::vector<MessageInputs> preview(tryton::Id appeal, const UnsavedTexts& texts,
                                       const tryton::Ids& councils);

    // Texts of a step; the problem if they do not compile.
    const SharedTexts& texts(tryton::Id appeal, tryton::Id step);

private:
    // A message to be made: where it goes, and for which councils.
    struct Commission {
        tryton::Id dispatch = 0;
        tryton::Id appeal = 0;
        tryton::Id griffie = 0;
        std::string recipient;
        std::vector<std::string> thread;  // Message-IDs, oldest first
        tryton::Ids councils;
        SharedTexts texts;
    };
    std::vector<MessageInputs> assemble(std::vector<Commission> commissions);
    MessageInputs assemble(const Commission& commission, const std::map<tryton::Id, CouncilFacts>& councils,
                           const std::map<tryton::Id, GriffieFacts>& griffies);
    std::vector<MessageInputs> preview(tryton::Id appeal, const SharedTexts& texts,
                                       const tryton::Ids& councils, std::string_view recipient);
    const ProvinceFigures& province(tryton::Id id);

    PublicLinks links_;
    std::string rewritten_recipient_;  // [raadspost] rewrite_recipients: all mail goes there
    std::map<std::pair<tryton::Id, tryton::Id>, SharedTexts> texts_;
    std::map<tryton::Id, ProvinceFigures> provinces_;
    bool provinces_loaded_ = false;
};

}  // namespace raadspost::crm
