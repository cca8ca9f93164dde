// Whether a machine answered, and what it said: that nobody is there (until when, whom to write instead),
// that nobody reads this mailbox, that the message arrived, or that one has to prove oneself. By RFC 3834 and
// what vendors put beside it, by subjects, and by the words, since many carry no header. Headers alone never
// hide an answer: case systems mark what people write as automatic too, so words that say what was done
// decide. Not for delivery reports: ask core/answer/delivery_report.hpp first. Pure; safe on any thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/answer/rules/sentences.hpp"
#include "core/no_host.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

struct AutoReply {
    enum class Kind {
        none,       // a person wrote it, or says in it what was done
        absence,    // the reader is away, or has left
        unread,     // nobody reads this mailbox
        receipt,    // it arrived, and no more
        challenge,  // wants to see that we are a person
        machine,    // a machine wrote it, and none of these is said
    };

    Kind kind = Kind::none;
    bool by_subject = false;    // its subject says so
    bool by_headers = false;    // the headers say that a machine sent it, whatever the kind
    bool nobody_reads = false;  // of an unread one: it is not merely given up for another
    bool by_words = false;      // nothing but its words tells that it is automatic
    bool left = false;          // the reader will not come back: left, retired, mailbox given up
    std::string line;           // the words that decided; of the subject or the headers where those did
    // The day that the note names: the last one away, or the first one back. Who waits, waits until it is
    // over.
    std::optional<std::chrono::year_month_day> absent_until;
    std::vector<std::string>
        instead;  // addresses to write to meanwhile, in their order; not the reader's own
};

std::string_view name(AutoReply::Kind kind);  // "none", "absence", ...

// `written`: its new text without quotation and signature (core/answer/new_text.hpp).
AutoReply auto_reply(const Received& received, std::string_view written);
// The same, of a text that was cut already.
AutoReply auto_reply(const Received& received, std::span<const Sentence> written);

}  // namespace raadspost::answer
