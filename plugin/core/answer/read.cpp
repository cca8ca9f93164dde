#include "core/answer/read.hpp"

#include "core/answer/authentication.hpp"
#include "core/answer/auto_reply.hpp"
#include "core/answer/extract/facts.hpp"
#include "core/answer/extract/new_address.hpp"
#include "core/answer/new_text.hpp"
#include "core/answer/read_mail.hpp"
#include "core/answer/rules/guesses.hpp"
#include "core/answer/weighing.hpp"
#include "core/fold.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

Finding finding(Kind kind, int percent, std::string rule, std::string line) {
    return {kind, percent, std::move(line), std::move(rule), 0};
}

// RFC 8098 3.2.6: "displayed" is as good as a receipt, "deleted" says nothing. The words decide where the
// machine's part is missing.
bool was_displayed(const Received& received) {
    for (const Headers& group : received.delivery_status)
        if (const std::string* disposition = find(group, "disposition"))
            return folded(*disposition).find("displayed") != std::string::npos;
    const std::string text = folded(received.subject) + " " + folded(received.text);
    for (const std::string_view unread :
         {"niet gelezen", "not read", "ongelezen", "without being read", "verwijderd", "deleted"})
        if (text.find(unread) != std::string::npos) return false;
    return true;
}

bool names_a_list(const Received& received) {
    return find(received.headers, "list-id") || find(received.headers, "list-unsubscribe");
}

bool is_list_mail(const Received& received) {
    if (names_a_list(received)) return true;
    const std::string* precedence = find(received.headers, "precedence");
    return precedence && (*precedence == "bulk" || *precedence == "list") &&
           !find(received.headers, "auto-submitted");
}

// Case systems call their receipts "bulk", without a list.
bool is_receipt_in_bulk(const Received& received, const std::vector<Finding>& kinds) {
    return !names_a_list(received) && kinds.size() == 1 && kinds.front().kind == Kind::receipt;
}

bool is_ours(std::string_view bare, std::span<const SentMail> sent) {
    return std::any_of(sent.begin(), sent.end(),
                       [&](const SentMail& mail) { return mail.bare_subject == bare; });
}

// A thread, or our subject: it reacts to something of ours.
bool reacts(const Match& match, bool our_subject) {
    if (our_subject) return true;
    return !match.candidates.empty() && match.candidates.front().by <= MatchedBy::failed_recipient;
}

std::chrono::sys_days day_of_writing(const Received& received) {
    if (!received.date) return {};
    return std::chrono::floor<std::chrono::days>(*received.date +
                                                 std::chrono::minutes{received.utc_offset_minutes});
}

// The kind tells whether this message will still arrive, not whether the address is good (report.failure
// does): a message refused for good is a hard bounce also where its size was the reason. A full mailbox is
// always soft.
Kind kind_of(const DeliveryReport& report) {
    if (report.only_late) return Kind::bounce_soft;
    for (const ReportedRecipient& each : report.recipients) {
        if (each.failure == Failure::none || each.failure == Failure::pending ||
            each.reason == FailureReason::mailbox_full)
            continue;
        if (each.failure == Failure::hard) return Kind::bounce_hard;
        const bool permanent =
            each.status.starts_with('5') || (each.status.empty() && each.reply_code >= 500);
        const bool open = each.status.empty() && each.reply_code == 0 &&
                          each.reason != FailureReason::expired && each.reason != FailureReason::network;
        if (permanent || open) return Kind::bounce_hard;
    }
    return Kind::bounce_soft;
}

void drop(std::vector<Finding>& kinds, auto&& which) {
    std::erase_if(kinds, which);
}

// The new text without the quoted lines between which it may stand.
std::string without_quoted_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        if (!line.starts_with('>')) out.append(line).append("\n");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

void settle_automatic(std::vector<Finding>& kinds, const AutoReply& automatic) {
    using AutoKind = AutoReply::Kind;
    const auto found = [&](Kind kind) {
        return std::any_of(kinds.begin(), kinds.end(),
                           [&](const Finding& each) { return each.kind == kind; });
    };
    // A person who writes where to write instead of an address that was given up is there; and a machine may
    // say in words of its own that nobody is.
    const bool moved = !automatic.by_headers && !automatic.by_subject && automatic.kind == AutoKind::unread &&
                       !automatic.nobody_reads && found(Kind::redirect);
    const bool away = (automatic.kind == AutoKind::receipt || automatic.kind == AutoKind::machine) &&
                      found(Kind::auto_reply);
    // Where nothing but words tells of a machine, what was done with the letter weighs more.
    const bool treated = std::any_of(kinds.begin(), kinds.end(), [](const Finding& each) {
        return each.percent >= sure_enough &&
               (is_treatment(each.kind) || each.kind == Kind::declined || each.kind == Kind::meeting);
    });
    if (automatic.by_words && treated && automatic.kind != AutoKind::none) return;
    const bool confirms = std::any_of(kinds.begin(), kinds.end(), [](const Finding& each) {
        return each.kind == Kind::receipt && each.percent >= sure_enough;
    });
    if (moved) return drop(kinds, [](const Finding& each) { return each.kind == Kind::auto_reply; });
    if (automatic.kind == AutoKind::absence || automatic.kind == AutoKind::unread || away) {
        drop(kinds, [](const Finding& each) { return each.kind != Kind::redirect; });
        if (kinds.empty() && !automatic.instead.empty())
            kinds.push_back(finding(Kind::redirect, 80, "auto-reply", automatic.line));
        // A person may say as well that he works there no more.
        const bool marked = automatic.by_headers || automatic.by_subject ||
                            !(automatic.left || (automatic.by_words && confirms));
        kinds.insert(kinds.begin(),
                     finding(Kind::auto_reply, marked ? 95 : 75, "auto-reply", automatic.line));
        return;
    }
    // Nobody behind a machine's receipt asks, or is away.
    if (automatic.kind != AutoKind::none || automatic.by_headers)
        drop(kinds, [](const Finding& each) {
            return each.kind == Kind::auto_reply || each.kind == Kind::question;
        });
    if (kinds.empty() && automatic.kind == AutoKind::receipt)
        kinds.push_back(finding(Kind::receipt, 80, "auto-reply", automatic.line));
    if (kinds.empty() && (automatic.kind == AutoKind::machine || automatic.kind == AutoKind::challenge))
        kinds.push_back(finding(Kind::other, 60, "auto-reply", automatic.line));
}

}  // namespace

Reading read(std::string_view bytes, const Reader& reader, const CandidateLookup& lookup) {
    Reading out;
    out.rule_version = reader.rules.version();
    out.received = read_mail(bytes);
    const Received& received = out.received;
    if (received.unread) {
        out.kinds.push_back(finding(Kind::other, 1, "unread", *received.unread));
        return out;
    }
    out.report = delivery_report(received);
    out.clues = clues(received, out.report ? &*out.report : nullptr, reader.own, reader.keys);
    out.written = out.report ? received.text : without_quoted_lines(new_text(received.text).written);
    const std::span<const SentMail> sent = lookup(out.clues);
    out.match = match(received, out.written, out.clues, sent, authentication(received, reader.authserv_id),
                      reader.country);
    if (out.match.trust == Trust::forged) {
        out.kinds.push_back(finding(Kind::other, 90, "forged", out.match.why_forged));
        return out;
    }
    if (out.report) {
        const auto& recipients = out.report->recipients;
        out.kinds.push_back(finding(kind_of(*out.report), 95, std::string{out.report->dialect},
                                    recipients.empty() ? received.subject : recipients.front().line));
        return out;
    }
    if (received.report_type == "disposition-notification") {
        const bool displayed = was_displayed(received);
        out.kinds.push_back(
            finding(displayed ? Kind::receipt : Kind::other, 90, "disposition", received.subject));
        return out;
    }

    const bool our_subject = is_ours(out.clues.subject, sent);
    const std::vector<Sentence> text = sentences(out.written);
    Searched search = searched(reader.rules, text);
    std::vector<Hit>& found = search.hits;
    out.kinds = settled(reader.rules, text, found);
    const AutoReply automatic = auto_reply(received, text);
    settle_automatic(out.kinds, automatic);
    if (out.kinds.empty() || (out.kinds.size() == 1 && out.kinds.front().kind == Kind::receipt)) {
        if (!our_subject) {
            const std::vector<Sentence> title = sentences(received.subject);
            std::vector<Finding> by_title = classify(reader.rules, title);
            drop(by_title, [&](const Finding& each) {
                return each.kind == Kind::question || (each.kind == Kind::receipt && !out.kinds.empty());
            });
            if (!by_title.empty()) out.kinds = std::move(by_title);
        }
    }
    // Mail that is about nothing of ours is not guessed at.
    if (!out.match.candidates.empty() && automatic.kind == AutoReply::Kind::none) {
        out.kinds =
            weighed(out.kinds, default_guesses().likelihoods(text, search.words, reader.rules.words()), text);
        for (const Finding& each : out.kinds)
            if (each.rule == guess_rule) found.push_back({each.kind, each.percent, 0, each.sentence, 0});
    }
    if (is_list_mail(received) && !reacts(out.match, our_subject) && !is_receipt_in_bulk(received, out.kinds))
        out.kinds.clear();
    if (out.kinds.empty())
        out.kinds.push_back(
            finding(Kind::other, 50, "nothing", text.empty() ? std::string{} : text.front().line()));

    std::vector<std::string> known = reader.own.mailboxes;
    for (const MatchCandidate& each : out.match.candidates) known.push_back(sent[each.sent].recipient);
    FactsContext context;
    context.written = day_of_writing(received);
    context.subject = our_subject ? std::string_view{} : std::string_view{received.subject};
    context.known = known;
    out.facts = facts(text, found, out.kinds, context);
    out.facts.absent_until = automatic.absent_until;
    if (out.facts.redirect_to.empty() && out.has(Kind::redirect))
        for (const std::string& each : automatic.instead)
            if (out.facts.redirect_to.empty() && std::find(known.begin(), known.end(), each) == known.end())
                out.facts.redirect_to = each;
    return out;
}

}  // namespace raadspost::answer
