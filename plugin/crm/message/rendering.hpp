// Rendering: from the records of an appeal to the exact bytes of one message. It has two halves. A
// MessageLoader reads what a whole batch of dispatches needs with a handful of queries into plain structs;
// then render() makes mail and letter out of each struct, without the host, on as many threads as there are.
// Preview, test message, approval and the sender all go through the same render(), so that what was approved
// is what is sent.
//
// Threads: MessageLoader is [gil-held]. MessageInputs hold no host object and are only read after loading:
// [any-thread]. A Renderer belongs to one thread at a time.
#pragma once

#include "core/appeal/letter.hpp"
#include "core/appeal/message.hpp"
#include "core/post/compose.hpp"
#include "tryton/value.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::crm {

// What all messages of one step have in common; loaded once and shared.
struct StepTexts {
    tryton::Id appeal = 0;
    tryton::Id step = 0;
    appeal::MessageTemplate message;
    std::optional<appeal::LetterTemplate> letter;
    appeal::Letterhead letterhead;
    std::vector<appeal::Signatory> signatories;
    std::string signature;  // as the association wrote it, of several lines; may be empty
    std::string place;      // of writing
    std::vector<post::Attachment> attachments;
    post::Correspondent from;
    post::Correspondent reply_to;  // empty address: replies go to `from`
    std::string hash;              // SHA-256 over all of the above, in hexadecimal
};

// One council behind a message, with the values for its letter.
struct CouncilInputs {
    std::string code;                    // "GM0397"
    std::vector<std::string> addressee;  // lines of the address window
    appeal::FieldValues values;
};

struct MessageInputs {
    tryton::Id dispatch = 0;                 // 0: a preview or a test message
    std::shared_ptr<const StepTexts> texts;  // null only with a problem
    std::vector<CouncilInputs> councils;     // a shared office has several, each gets a letter
    appeal::FieldValues values;              // for the mail itself: names all councils
    appeal::MessageFrame frame;
    std::string recipient;         // mailbox
    std::string recipient_name;    // "Griffie Heemstede"
    std::string reference;         // "R12-GM0397"
    std::string envelope_sender;   // where bounces go
    std::string reply_to;          // signed address; empty: as in texts
    std::string unsubscribe_link;  // https; empty: none
    std::string message_id;        // without angle brackets
    std::vector<std::string>
        thread;  // Message-IDs of what this message continues, oldest first; none: a new thread
    std::chrono::sys_seconds date;
    std::chrono::year_month_day day;  // of `date` in the Netherlands: on the letter
    std::optional<Problem> problem;   // why there can be no message, e.g. a text that does not compile
};

// SHA-256 over the facts that the message is made of: texts, values, addressee, mailbox. Not over date,
// Message-ID and tokens, which differ each time. While it stays the same a released message need not be made
// anew.
std::string inputs_hash(const MessageInputs& inputs);

struct Draft {
    appeal::Message message;
    std::vector<std::string> letters;  // PDF, one for each council; none if the step has no letter
};

struct Rendered {
    tryton::Id dispatch = 0;
    std::string message_id;
    std::string subject;
    std::string envelope_sender;
    std::string recipient;
    std::string bytes;        // RFC 5322, CRLF
    std::string inputs_hash;  // of the inputs it was made of
};

// What a thread needs to make letters; costly to make, cheap to reuse.
class Renderer {
public:
    Renderer();
    Renderer(Renderer&&) noexcept = default;
    Renderer& operator=(Renderer&&) noexcept = default;
    Result<std::string> letter(const MessageInputs& inputs, const CouncilInputs& council);

private:
    std::optional<Result<appeal::LetterRenderer>> pages_;  // made at the first letter
};

// [any-thread] Mail and letters, unassembled: what previews show.
Result<Draft> render_draft(const MessageInputs& inputs, Renderer& renderer);
// [any-thread] The whole message.
Result<Rendered> render(const MessageInputs& inputs, Renderer& renderer);

}  // namespace raadspost::crm
