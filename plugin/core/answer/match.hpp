// Which message of ours, and which council, a received one belongs to, and how far that is to be believed.
// Tries in order: token, In-Reply-To and References, our reference number, the failed recipient of a report,
// sender's address or domain together with the subject, and what the text names. Several councils behind one
// office are told apart by name or not at all: a wrong council is worse than none. Pure; safe on any thread.
//
// The ladder of trust:
//   proven     a token, authentication passed for the From domain, and that is the council's domain
//   linked     a token without that; a report that came to its signed address or returned our Message-ID
//   suggested  no token, but a thread, a number, a sender or a name of ours: a person confirms
//   unknown    nothing of ours
//   forged     authentication failed, or the sender's domain looks like a council's and is not
// Only what is proven settles anything by itself; a forged message belongs to nobody.
#pragma once

#include "core/answer/authentication.hpp"
#include "core/answer/clues.hpp"
#include "core/council/lookup.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

struct SentFor {
    std::string council;  // "GM0397"
    std::string name;     // "Heemstede"
};

// A message of ours that may be the one that was answered.
struct SentMail {
    std::int64_t dispatch = 0;
    std::string message_id;    // without angle brackets
    std::string reference;     // "R12-GM0397", or empty
    std::string recipient;     // in lower case
    std::string bare_subject;  // as bare_subject() makes it
    std::chrono::sys_seconds sent_at{};
    std::vector<SentFor> councils;  // several at a shared office
};

enum class Trust : std::uint8_t { unknown, forged, suggested, linked, proven };
inline constexpr std::array<std::string_view, 5> trust_names = {"unknown", "forged", "suggested", "linked",
                                                                "proven"};
constexpr std::string_view name(Trust trust) {
    return trust_names[static_cast<std::size_t>(trust)];
}

enum class MatchedBy : std::uint8_t {
    token,
    thread,
    reference,
    failed_recipient,
    sender,
    quoted_recipient,
    domain,
    name
};
inline constexpr std::array<std::string_view, 8> matched_by_names = {
    "token", "thread", "reference", "failed_recipient", "sender", "quoted_recipient", "domain", "name"};
constexpr std::string_view name(MatchedBy by) {
    return matched_by_names[static_cast<std::size_t>(by)];
}

struct MatchCandidate {
    std::size_t sent = 0;  // in the candidates given
    std::string council;   // one of its councils; empty where they could not be told apart
    MatchedBy by = MatchedBy::name;
    int percent = 0;
    std::string evidence;  // the address, number or name that led to it
};

struct Match {
    Trust trust = Trust::unknown;
    std::string council;                     // empty where it belongs to none, or to one of several
    std::vector<MatchCandidate> candidates;  // the best first, at most max_match_candidates; none if forged
    std::string why_forged;                  // "authentication", "lookalike", "display_name", "senders"
};

inline constexpr std::size_t max_match_candidates = 10;

// `written` is the new text (its names tell councils apart), `country` all councils of the country: the
// domains of councils that got nothing from us, and names that two of them share.
Match match(const Received& received, std::string_view written, const Clues& clues,
            std::span<const SentMail> candidates, const Authentication& authentication,
            const CouncilIndex& country);

}  // namespace raadspost::answer
