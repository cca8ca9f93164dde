// The e-mail of an appeal: subject, HTML and plain text out of one source (merge_text.hpp, markup.hpp). The
// HTML is one column of 16 px without pictures or scripts, Dutch, readable in dark mode, and passes axe-core;
// the plain text is wrapped at 76 columns with its links as footnotes. Composing MIME is post's work.
// Compiled once per appeal and immutable after that: safe on any thread.
#pragma once

#include "core/appeal/merge_text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::appeal {

// What stands around the text: who writes, whence the address comes, and the links. A link that is empty is
// left out (a test message has none). Values are escaped here.
struct MessageFrame {
    std::string association;  // header line: "Landelijke Vereniging voor Kleine Kernen"
    std::string colour;       // "#1F5C8B"; anything else, or too light to read on white, becomes the default
    std::string council;      // "Heemstede": named at the answer button and in the footer
    std::string sender_address;  // to add to the address book
    std::string recipient;       // mailbox written to
    std::string address_source;  // whence that mailbox comes: a sentence, or nothing
    std::string postal_address;  // association, street, town: one line
    std::string reference;       // "ons kenmerk"
    std::string answer_link;
    std::string web_version_link;
    std::string unsubscribe_link;
    std::size_t letters = 0;  // says that they are attached as PDF, one for each council
};

struct Message {
    std::string subject;  // UTF-8, no control characters; encoding it is post's work
    std::string html;
    std::string text;  // lines end in "\n"
};

class MessageTemplate {
public:
    // Problems as of MergeText::compile; "place" starts with "subject, " or "message, ".
    static Result<MessageTemplate> compile(std::string_view subject, std::string_view body);

    // Problem "appeal_empty_field" for an empty value, "appeal_message_too_long" above 30 kB of HTML.
    Result<Message> render(const FieldValues& values, const MessageFrame& frame) const;

    const MergeText& subject() const { return subject_; }
    const MergeText& body() const { return body_; }

private:
    MessageTemplate(MergeText subject, MergeText body);
    MergeText subject_;
    MergeText body_;
};

inline constexpr std::size_t longest_html = 30 * 1024;
inline constexpr std::size_t longest_text_line = 76;

// The two renderings by themselves, of mark-up that is merged already.
std::string message_html(std::string_view title, std::string_view markup, const MessageFrame& frame);
std::string message_text(std::string_view markup, const MessageFrame& frame);

// The small print under both, one sentence or two a line; links excepted.
std::vector<std::string> footer_lines(const MessageFrame& frame);

}  // namespace raadspost::appeal
