// What a received message reports about the delivery of one that we sent: the groups of RFC 3464, or the
// words of the many systems that write reports of their own. It says what the report says; whether the report
// is to be believed, and which dispatch it is about, is decided elsewhere (answer/match.hpp): a report is
// signed by nobody, so the address in it is only ever compared with that of the dispatch. Feedback of
// recipients (ARF), notices of reading, absence notes and requests to confirm oneself are no reports. Pure;
// safe on any thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

// What it means for the address.
enum class Failure : std::uint8_t {
    none,     // delivered, passed on, expanded
    pending,  // late; the other side still tries
    soft,  // this message did not arrive; the address may be good: full, refused as spam, too large, network
    hard,  // the address or its domain does not exist, or was given up
};

enum class FailureReason : std::uint8_t {
    unknown,         // nothing in the report says why
    user_unknown,    // 5.1.1, 5.1.3, 5.1.10
    host_unknown,    // 5.1.2, 5.4.4: no such domain, or it takes no mail
    moved,           // 5.1.6
    mailbox_full,    // 5.2.2, whatever the code
    suspended,       // 5.2.1: there, but it takes no mail now
    too_large,       // 5.2.3, 5.3.4
    expired,         // 4.4.7: tried until time was up
    network,         // 4.4.1, 4.4.2: no connection, or lost
    loop,            // 5.4.6
    too_many,        // rates, connections, greylisting
    sender_refused,  // 5.1.7, 5.1.8: our own address
    not_authentic,   // SPF, DKIM, DMARC of our side, or no login
    blocked,         // our server is on a list
    relay_refused,   // it does not take mail for that domain
    spam,
    virus,
    policy,           // other rules of the receiver, content among them
    receiver_trouble  // its disk, its programs, its configuration
};

inline constexpr std::array<std::string_view, 19> failure_reason_names = {
    "unknown",   "user_unknown",   "host_unknown",  "moved",           "mailbox_full",
    "suspended", "too_large",      "expired",       "network",         "loop",
    "too_many",  "sender_refused", "not_authentic", "blocked",         "relay_refused",
    "spam",      "virus",          "policy",        "receiver_trouble"};

constexpr std::string_view name(FailureReason reason) {
    return failure_reason_names[static_cast<std::size_t>(reason)];
}
std::string_view name(Failure failure);  // "none", "pending", "soft", "hard"

struct ReportedRecipient {
    std::string address;      // the one that delivery ended at; as written, the domain in lower case
    std::string alternative;  // the one that was written to, if the report names another; or empty
    std::string action;       // RFC 3464 2.3.3, lower case; empty in reports without groups
    std::string status;       // RFC 3463, "5.1.1"; the receiving server's own where it is quoted
    int reply_code = 0;       // of SMTP; 0 if there is none
    std::string diagnostic;   // all that was said about this recipient, one line
    Failure failure = Failure::none;
    FailureReason reason = FailureReason::unknown;
    std::string line;  // the words that decided
};

struct DeliveryReport {
    std::string_view dialect;                   // "rfc3464", "exim", "qmail", ...; "other"
    std::vector<ReportedRecipient> recipients;  // none where the report names nobody
    std::vector<std::string> message_ids;       // of the message that it is about, without angle brackets
    bool only_late = false;                     // the report says itself that it is a warning
};

// The most serious of its recipients; of a report that names nobody: pending if it is a warning, else soft.
Failure failure(const DeliveryReport& report);

// Nothing where the message is not a report. A person's mail is none, whatever it quotes.
std::optional<DeliveryReport> delivery_report(const Received& received);

}  // namespace raadspost::answer
