#include "core/appeal/message.hpp"

#include <utility>

namespace raadspost::appeal {
namespace {

Problem in_part(std::string_view part, Problem problem) {
    problem.place = std::string{part} + ", " + problem.place;
    return problem;
}

}  // namespace

MessageTemplate::MessageTemplate(MergeText subject, MergeText body)
    : subject_{std::move(subject)}, body_{std::move(body)} {}

Result<MessageTemplate> MessageTemplate::compile(std::string_view subject, std::string_view body) {
    auto subject_text = MergeText::compile(subject, Target::header);
    if (!subject_text) return in_part("subject", subject_text.problem());
    auto body_text = MergeText::compile(body, Target::markup);
    if (!body_text) return in_part("message", body_text.problem());
    return MessageTemplate{*std::move(subject_text), *std::move(body_text)};
}

Result<Message> MessageTemplate::render(const FieldValues& values, const MessageFrame& frame) const {
    auto subject = subject_.render(values);
    if (!subject) return in_part("subject", subject.problem());
    const auto markup = body_.render(values);
    if (!markup) return in_part("message", markup.problem());
    Message message{*std::move(subject), {}, {}};
    message.html = message_html(message.subject, *markup, frame);
    if (message.html.size() > longest_html)
        return Problem{
            "appeal_message_too_long", "message", std::to_string(message.html.size() / 1024) + " kB",
            "the message is longer than 30 kB as HTML, which some mail programs cut off; shorten it, or "
            "move words to the letter"};
    message.text = message_text(*markup, frame);
    return message;
}

}  // namespace raadspost::appeal
