// Every limit on what a mailbox may give us, in one place. Constants only.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace raadspost::intake::limits {

// A message beyond this is kept by its beginning only; the whole stays in the mailbox, which nobody empties.
inline constexpr std::size_t message_bytes = 48u << 20;
inline constexpr std::size_t beginning_bytes = 64u << 10;

// What an IMAP server may say.
inline constexpr std::size_t line_bytes = 256u << 10;  // a search over `search_window` numbers fits
inline constexpr std::size_t literal_bytes = message_bytes;
inline constexpr std::size_t literals_of_reply = 8;
inline constexpr std::size_t tokens_of_reply = 60'000;
inline constexpr std::size_t nesting_depth = 32;
inline constexpr std::size_t text_bytes = 300;           // what is kept of a server's words
inline constexpr std::size_t replies_unasked = 200'000;  // between a command and its answer

// What is asked for at a time.
inline constexpr std::uint32_t search_window = 20'000;  // numbers of messages
inline constexpr std::size_t batch_messages = 100;
inline constexpr std::size_t batch_bytes = 16u << 20;  // unless one message alone has more

// A Maildir.
inline constexpr std::size_t file_name_bytes = 255;

// Waiting. RFC 2177: a client renews its IDLE at least every 29 minutes.
inline constexpr std::chrono::minutes idle_renewal{29};
inline constexpr std::chrono::minutes poll_interval{2};
inline constexpr std::chrono::seconds maildir_interval{2};
inline constexpr std::chrono::seconds first_pause{5};  // after trouble; doubled each time, up to
inline constexpr std::chrono::minutes longest_pause{15};
inline constexpr std::chrono::minutes refused_pause{5};  // a refused login repeated quickly locks accounts

// Secrets.
inline constexpr std::size_t secret_bytes = 16u << 10;
inline constexpr std::chrono::seconds token_command_patience{30};

}  // namespace raadspost::intake::limits
