// By what a report that has no groups is known: who sends it, its subject, and the sentences with which each
// mail system opens. Also where its own words end and the returned message begins. Pure; safe on any thread.
#pragma once

#include "core/answer/patterns/found_patterns.hpp"
#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <string_view>

namespace raadspost::answer::report {

// "MAILER-DAEMON", "postmaster", "Mail Delivery Subsystem", the null return path, nobody at all.
bool from_a_mail_system(const Received& received);
bool from_a_mailer_daemon(const Received& received);  // which writes nothing but reports
bool from_no_reply(const Received& received);         // "noreply@": a machine, of what kind is open

// "Undelivered Mail Returned to Sender", "Onbestelbaar:", ...; at the beginning: no reply to and no forward
// of one.
bool subject_of_report(std::string_view subject);

// The text of a message, looked at once for all that a report may say in it. The text must outlive it.
class ReportText {
public:
    explicit ReportText(std::string_view text);

    // What stands before the copy of the returned message; the others speak of that.
    std::string_view said() const { return said_; }
    std::string_view original() const { return text_.substr(said_.size()); }
    // The name of the system whose sentence stands there ("exim", ...; "other" for the general ones), or an
    // empty one.
    std::string_view dialect() const;
    // The report says that it is a warning and that delivery is still tried.
    bool says_only_late(std::string_view subject) const;
    // Dovecot's and others' notice of disposition that is a failure in truth: the mailbox refused the
    // message.
    bool says_rejected() const;
    // "Your message has been waitlisted. Click the link below to be added": a challenge in a report's
    // clothes.
    bool asks_to_confirm() const;

private:
    bool says(std::size_t which) const;

    std::string_view text_, said_;
    PatternBits may_;  // of all that is looked for, what the whole text may hold
};

}  // namespace raadspost::answer::report
