// Answers that staff write to a received message, in its thread and in the association's name: what such an
// answer begins with, and making it. It is composed and frozen when the person presses "Send"; from then on
// the senders treat it as they treat a dispatch (crm/sending): the same fence, stop, test mode, journal and
// ledger, so it is never sent twice and never lost. [gil-held], inside a transaction.
#pragma once

#include "core/answer/responding/draft.hpp"
#include "tryton/record.hpp"
#include "tryton/value.hpp"

#include <filesystem>
#include <string>

namespace raadspost::crm {

inline constexpr std::size_t longest_reply = 100'000;  // bytes of the text that a person writes

// What a person starts from.
struct ReplyOpening {
    answer::Draft draft;
    std::string from;       // "Vereniging Kleine Dorpen <oproep@dorpen.example>"
    std::string quotation;  // of what the other wrote
};

// UserError with a sentence where it may not be answered: it is forged or unread, a machine sent it, it
// belongs to no association, or it does not say who sent it.
ReplyOpening open_reply(tryton::Id message);

// The same as the values of the form raadspost.reply.write.start.
tryton::Dict shown_for_reply(tryton::Id message);

struct WrittenReply {
    std::string to, subject, text, quotation;
};

// Makes it ready to be sent, and gives the record's id. UserError as above, for an address that is none or
// our own, and for an empty or an endless text.
tryton::Id write_reply(tryton::Id message, const WrittenReply& written);
// As that form was filled in; whoever may press its button may write.
void send_reply(tryton::Id message, const tryton::Record& form);

// What a person decides about answers: an uncertain one was sent after all, or is sent again; one that waits
// is taken back.
void reply_was_sent(const tryton::Ids& replies);
void send_reply_again(const tryton::Ids& replies);
void take_reply_back(const tryton::Ids& replies);

// Where the host's filestore keeps the bytes of this database's answers: unlike those of dispatches they
// stay.
std::filesystem::path replies_folder();

}  // namespace raadspost::crm
