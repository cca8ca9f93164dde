// A received message as read: its headers decoded, its text as a person would read it, what a delivery report
// or a returned copy in it says. All of it is the word of a stranger: nothing here is checked or believed.
// Text is UTF-8 with LF line ends and without NUL, whatever came in. Values; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

struct Header {
    std::string name;   // lower case
    std::string value;  // unfolded and decoded (RFC 2047)
    bool operator==(const Header&) const = default;
};
using Headers = std::vector<Header>;  // in their order, repeated ones too

// The first of that name (lower case), or nothing.
inline const std::string* find(const Headers& headers, std::string_view name) {
    for (const Header& each : headers)
        if (each.name == name) return &each.value;
    return nullptr;
}

struct Address {
    std::string name;
    std::string address;  // local@domain, the domain in lower case; no angle brackets
    bool operator==(const Address&) const = default;
};

struct Attachment {
    std::string name;        // as the sender called it; no path
    std::string type;        // "application/pdf"
    std::uint64_t size = 0;  // decoded octets
    bool operator==(const Attachment&) const = default;
};

// A message that came along inside: the copy that a report returns, or a forwarded one.
struct Returned {
    Headers headers;
    std::string message_id;  // without angle brackets
    std::string text;        // empty where only the headers came back
    bool headers_only = false;
    bool operator==(const Returned&) const = default;
};

struct Received {
    Headers headers;
    std::string message_id;  // without angle brackets; empty if there is none
    std::vector<std::string>
        answers_to;             // In-Reply-To, then References from the last to the first; no brackets
    std::vector<Address> from;  // usually one; two or none is a sign
    std::vector<Address> reply_to;
    std::vector<Address> recipients;         // To, Cc, Delivered-To, X-Original-To
    std::optional<std::string> return_path;  // "" is the null path of reports
    std::string subject;
    std::optional<std::chrono::sys_seconds> date;
    int utc_offset_minutes = 0;  // of the Date header, for what "today" means to the writer

    std::string text;  // what is shown of it: text/plain, else HTML made text; ends in one LF unless empty
    bool text_from_html = false;

    std::string report_type;  // of multipart/report; lower case
    std::vector<Headers>
        delivery_status;    // groups of message/delivery-status: the message's own, then per recipient
    Headers report_fields;  // of message/disposition-notification ("read") or message/feedback-report
    std::vector<Returned> returned;
    std::vector<Attachment> attachments;  // TNEF is named here, never opened

    std::optional<std::string>
        unread;  // which limit (answer/limits.hpp) stopped the reading; the raw mail is kept
};

}  // namespace raadspost::answer
