// message_basics.cpp - what a received message says of itself: sender, subject, dates, new text. No
// judgement.
#include "core/answer/new_text.hpp"
#include "core/answer/read_mail.hpp"
#include "core/shortened.hpp"
#include "crm/answers/message_reading.hpp"
#include "tryton/rows.hpp"

#include <memory>

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr std::size_t line_bytes = 998;  // RFC 5322 2.1.1; and what an index of PostgreSQL bears

struct Basics {
    std::string message_id, from_address, from_name, subject, text;
    std::optional<DateTime> date;
    std::optional<std::string> unread;
};

Basics basics_of(std::string_view bytes) {
    answer::Received received = answer::read_mail(bytes);
    Basics basics;
    basics.message_id = shortened(received.message_id, line_bytes);
    if (!received.from.empty()) {
        basics.from_address = shortened(received.from.front().address, line_bytes);
        basics.from_name = shortened(received.from.front().name, line_bytes);
    }
    basics.subject = shortened(received.subject, line_bytes);
    // The quoted appeal must not be taken for the answer. A message that only quotes is shown whole.
    basics.text = answer::new_text(received.text).written;
    if (basics.text.empty()) basics.text = std::move(received.text);
    if (received.date) basics.date = *received.date;
    basics.unread = std::move(received.unread);
    return basics;
}

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

// A Message-ID is the sender's word: two messages that share one are both kept, and both told of.
void flag_same_id(Id message, const std::string& message_id) {
    if (message_id.empty()) return;
    const Rows<Id> others{"select id from raadspost_message where message_id = {} and id <> {} limit 1",
                          message_id, message};
    if (!others.empty())
        execute(
            "update raadspost_message set flagged_same_id = {} where message_id = {} and flagged_same_id = "
            "{}",
            true, message_id, false);
}

}  // namespace

WriteFindings read_basics(std::string_view bytes) {
    return [basics = std::make_shared<const Basics>(basics_of(bytes))](Id message) {
        execute(
            "update raadspost_message set message_id = {}, from_address = {}, from_name = {}, subject = {}, "
            "text = {}, "
            "mail_date = {}, trouble = {}, state = {} where id = {}",
            unless_empty(basics->message_id), unless_empty(basics->from_address),
            unless_empty(basics->from_name), unless_empty(basics->subject), unless_empty(basics->text),
            basics->date, basics->unread, basics->unread ? "unread" : "new", message);
        flag_same_id(message, basics->message_id);
    };
}

}  // namespace raadspost::crm
