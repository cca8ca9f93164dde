#include "crm/message/rendering.hpp"

#include "crm/message/digest.hpp"

namespace raadspost::crm {

using appeal::FieldValues;

namespace {

// Without letters and digits of a council's name there is still a file name.
std::string letter_file_name(const CouncilInputs& council) {
    std::string name = "Brief aan de raad van " + council.values[appeal::Field::gemeente] + ".pdf";
    for (char& letter : name)
        if (letter == '/' || letter == '\\') letter = '-';
    return name;
}

// The reference belongs in the subject, so that an answer leads back; where staff wrote {{kenmerk}} it is
// there.
std::string with_reference(std::string subject, const std::string& reference) {
    if (!reference.empty() && subject.find(reference) == std::string::npos) subject += " [" + reference + "]";
    return subject;
}

Problem no_texts() {
    return {.id = "appeal_no_texts",
            .place = {},
            .found = {},
            .text = "The appeal has no subject or no message; write them first."};
}

void add_values(Digest& digest, const FieldValues& values, bool of_message) {
    for (const appeal::FieldDescription& each : appeal::known_fields()) {
        // These follow from date and token, which are new each time.
        if (each.field == appeal::Field::datum || each.field == appeal::Field::webversie ||
            each.field == appeal::Field::antwoordpagina)
            continue;
        digest.add(values[each.field]);
    }
    digest.add(of_message ? "message" : "letter");
}

}  // namespace

std::string inputs_hash(const MessageInputs& inputs) {
    Digest digest;
    digest.add(inputs.texts ? inputs.texts->hash : "").add(inputs.recipient).add(inputs.recipient_name);
    digest.add(inputs.reference).add(inputs.frame.address_source);
    add_values(digest, inputs.values, true);
    for (const CouncilInputs& council : inputs.councils) {
        digest.add(council.code);
        for (const std::string& line : council.addressee) digest.add(line);
        add_values(digest, council.values, false);
    }
    for (const std::string& message : inputs.thread) digest.add(message);
    return digest.hexadecimal();
}

Renderer::Renderer() = default;

Result<std::string> Renderer::letter(const MessageInputs& inputs, const CouncilInputs& council) {
    if (!pages_) pages_.emplace(appeal::LetterRenderer::make());
    if (!*pages_) return pages_->problem();
    appeal::Letter letter{.addressee = council.addressee,
                          .reference = council.values[appeal::Field::kenmerk],
                          .date = inputs.day,
                          .place = inputs.texts->place,
                          .subject = {},
                          .markup = {},
                          .signatories = inputs.texts->signatories,
                          .author = inputs.texts->letterhead.association};
    auto filled = inputs.texts->letter->render(council.values, std::move(letter));
    if (!filled) return filled.problem();
    return (*pages_)->pdf(inputs.texts->letterhead, *filled);
}

Result<Draft> render_draft(const MessageInputs& inputs, Renderer& renderer) {
    if (inputs.problem) return *inputs.problem;
    if (!inputs.texts) return no_texts();
    auto message = inputs.texts->message.render(inputs.values, inputs.frame);
    if (!message) return message.problem();
    Draft draft{.message = std::move(*message), .letters = {}};
    draft.message.subject = with_reference(std::move(draft.message.subject), inputs.reference);
    if (!inputs.texts->letter) return draft;
    draft.letters.reserve(inputs.councils.size());
    for (const CouncilInputs& council : inputs.councils) {
        auto letter = renderer.letter(inputs, council);
        if (!letter) return letter.problem();
        draft.letters.push_back(std::move(*letter));
    }
    return draft;
}

Result<Rendered> render(const MessageInputs& inputs, Renderer& renderer) {
    auto draft = render_draft(inputs, renderer);
    if (!draft) return draft.problem();

    post::Mail mail;
    mail.from = inputs.texts->from;
    mail.reply_to = inputs.texts->reply_to;
    if (!inputs.reply_to.empty()) mail.reply_to = {inputs.texts->from.name, inputs.reply_to};
    mail.to = {inputs.recipient_name, inputs.recipient};
    mail.subject = draft->message.subject;
    mail.date = inputs.date;
    mail.message_id = inputs.message_id;
    if (!inputs.thread.empty()) mail.in_reply_to = inputs.thread.back();
    mail.references = inputs.thread;
    mail.unsubscribe_url = inputs.unsubscribe_link;
    mail.text = std::move(draft->message.text);
    mail.html = std::move(draft->message.html);
    mail.attachments.reserve(draft->letters.size() + inputs.texts->attachments.size());
    for (std::size_t n = 0; n < draft->letters.size(); ++n)
        mail.attachments.emplace_back(letter_file_name(inputs.councils[n]), "application/pdf",
                                      draft->letters[n]);
    for (const post::Attachment& each : inputs.texts->attachments) mail.attachments.push_back(each);

    auto bytes = post::compose(mail);
    if (!bytes) return bytes.problem();
    Rendered rendered;
    rendered.dispatch = inputs.dispatch;
    rendered.message_id = inputs.message_id;
    rendered.subject = std::move(draft->message.subject);
    rendered.envelope_sender = inputs.envelope_sender;
    rendered.recipient = inputs.recipient;
    rendered.bytes = std::move(*bytes);
    rendered.inputs_hash = inputs_hash(inputs);
    return rendered;
}

}  // namespace raadspost::crm
