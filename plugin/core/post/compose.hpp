// Composing: the exact bytes of one message, ready for the relay. CRLF throughout, 7-bit (quoted-printable or
// base64), lines of at most 78 where they can be folded and 998 always, boundaries derived from the
// Message-ID so that the same input gives the same bytes. Sends nothing, stores nothing. Headers that would
// suppress answers (Auto-Submitted, Precedence, X-Auto-Response-Suppress) are never written: the answers are
// what we are after. Safe on any thread.
//
// DIAGNOSTICS: a header value with a control character, or an address outside the RFC 5321 subset of
// core/post/wire/mailbox.hpp, is a Problem ("mail_header_unsafe", "mail_address_invalid") whose place names
// the header.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/no_host.hpp"
#include "core/result.hpp"

namespace raadspost::post {

// A name and an address; the name may be empty and may hold any language, the address is ASCII.
struct Correspondent {
    std::string name;
    std::string address;
};

// A file that goes along. Its bytes are encoded once, at construction; copies share them, so that an
// attachment of ten thousand messages costs one encoding.
class Attachment {
public:
    // `media_type` as "application/pdf"; `file_name` in UTF-8, without a folder.
    Attachment(std::string file_name, std::string media_type, std::string_view bytes);

    const std::string& file_name() const { return file_name_; }
    const std::string& media_type() const { return media_type_; }
    const std::string& base64() const { return *base64_; }  // lines of 76, each ended by CRLF

private:
    std::string file_name_;
    std::string media_type_;
    std::shared_ptr<const std::string> base64_;
};

struct Mail {
    Correspondent from;
    Correspondent sender;    // empty address: no Sender header
    Correspondent reply_to;  // empty address: no Reply-To header
    Correspondent to;
    std::string subject;
    std::chrono::sys_seconds date;
    std::string message_id;               // "local@domain", without angle brackets; required
    std::string in_reply_to;              // the same, or empty
    std::vector<std::string> references;  // the same each, oldest first
    std::string unsubscribe_url;          // https only; empty: no List-Unsubscribe header
    std::string unsubscribe_address;      // an address for mailto:, or empty
    std::string language = "nl";
    std::string text;                     // UTF-8, any line ends
    std::string html;                     // UTF-8; empty: text only
    std::vector<Attachment> attachments;  // the letter first
};

// The whole message, ending in CRLF.
Result<std::string> compose(const Mail& mail);

// The value as a Problem if it holds CR, LF, NUL or another control character or is not UTF-8; `header` is
// named in it.
Result<Done> check_header_value(std::string_view header, std::string_view value);

}  // namespace raadspost::post
