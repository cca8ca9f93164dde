// Everything in a received message by which the message of ours that it answers can be found. Gathered from
// the whole message, quotations too: a token or a number of ours in a quotation leads back as well as one
// that was typed. What a clue is worth is judged in match.hpp. Pure; safe on any thread.
#pragma once

#include "core/answer/delivery_report.hpp"
#include "core/answer/received.hpp"
#include "core/link/key_ring.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

struct OwnAddresses {
    std::vector<std::string> mailboxes;  // that we send from and read, in lower case
    std::string signed_domain;           // of bounce+token@ and reply+token@; empty where there are none
};

struct Clues {
    std::vector<std::int64_t> token_rows;        // dispatches that a valid signed address of ours names
    bool to_bounce_address = false;              // one of those was the address for reports
    std::vector<std::string> message_ids;        // answered, referred to, or returned; the nearest first
    std::vector<std::string> references;         // "R12-GM0397", in capitals
    std::vector<std::string> failed_recipients;  // of a delivery report; only ever compared
    std::vector<std::string> named_addresses;    // anywhere in the text, quotations too
    std::string sender;       // the one From address, in lower case; empty if none or several
    std::string sender_name;  // as shown
    std::string sender_domain;
    std::string subject;  // without "Re:", "FW:", "Automatisch antwoord:"; folded
};

inline constexpr std::size_t max_clues_of_a_kind = 100;

// `report` is the message's own, where it is one. Without keys there are no token rows.
Clues clues(const Received& received, const DeliveryReport* report, const OwnAddresses& own,
            const link::KeyRing* keys);

// A subject without what mail programs put before it, folded; two subjects of one thread are equal.
std::string bare_subject(std::string_view subject);

}  // namespace raadspost::answer
