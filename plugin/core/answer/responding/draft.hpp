// What an answer to a received message begins with: whom it goes to, its subject, the lines of the other that
// it quotes, and the identifiers that put it into the thread. All of it comes from a stranger: an address is
// checked before anything is sent to it, and what is quoted is cut. Whether somebody reads the answer is
// judged here too: a machine gets none. Pure; safe on any thread.
#pragma once

#include "core/answer/clues.hpp"
#include "core/answer/kind.hpp"
#include "core/answer/received.hpp"
#include "core/no_host.hpp"
#include "core/result.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t quoted_lines = 400;
inline constexpr std::size_t quoted_bytes = 32u << 10;
inline constexpr std::size_t thread_length = 20;  // identifiers in References: the first and the latest
inline constexpr std::size_t subject_bytes = 400;
inline constexpr std::size_t message_id_bytes = 250;  // a longer one would not fit a line of a header

struct Draft {
    Address to;               // of Reply-To where there is one, else of From
    bool elsewhere = false;   // Reply-To lies in another domain than From: a person should look twice
    std::string subject;      // "Re: Een plek [R12-GM0397]"
    std::string in_reply_to;  // without angle brackets; empty where the message has no identifier
    std::vector<std::string> references;  // RFC 5322 3.6.4, oldest first
};

// `kinds` are what the message was taken for, by the machine or by a person; `sent` is the Message-ID of the
// dispatch that it answers, or empty. Problems: "reply_to_automatic" (RFC 3834 2: nobody answers a machine),
// "reply_to_nobody" (no sender, or several without Reply-To), "reply_to_ourselves", and
// "mail_address_invalid".
Result<Draft> draft_answer(const Received& received, std::span<const Kind> kinds, const OwnAddresses& own,
                           std::string_view sent);

// "Op 21 november 2026 schreef Griffie Kerndorp:" and the lines of `written` with "> " before each.
std::string quotation(std::string_view written, const Address& writer, std::string_view day);

}  // namespace raadspost::answer
