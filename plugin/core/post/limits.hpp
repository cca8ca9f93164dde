// Every limit on mail in one place: what we build, what we read to show, and what a relay may say to us.
// Constants only.
#pragma once

#include <cstddef>

#include "core/no_host.hpp"

namespace raadspost::post::limits {

// Reading a message to show it (GMime never sees more than this).
inline constexpr std::size_t message_bytes = 25u << 20;
inline constexpr std::size_t header_block_bytes = 102400;  // Postfix header_size_limit
inline constexpr std::size_t part_count = 1000;
inline constexpr std::size_t nesting_depth = 100;  // Postfix mime_nesting_limit
inline constexpr std::size_t shown_text_bytes = 1u << 20;

// Building a message.
inline constexpr std::size_t header_value_bytes = 4096;
inline constexpr std::size_t address_bytes = 254;    // RFC 5321 4.5.3.1.3, less the angle brackets
inline constexpr std::size_t local_part_bytes = 64;  // RFC 5321 4.5.3.1.1
inline constexpr std::size_t line_bytes = 998;       // RFC 5322 2.1.1, without CRLF
inline constexpr std::size_t attachment_bytes = 20u << 20;
inline constexpr std::size_t reference_count = 20;

// Listening to a relay.
inline constexpr std::size_t reply_line_bytes = 2048;  // RFC 5321 4.5.3.1.5 says 512; relays exceed it
inline constexpr std::size_t reply_lines = 128;
inline constexpr std::size_t reply_text_bytes = 1000;  // what is kept of it

// Journal and ledger.
inline constexpr std::size_t mark_line_bytes = 1536;
inline constexpr std::size_t journal_bytes = 256u << 20;
inline constexpr std::size_t ledger_bytes = 1u << 30;

}  // namespace raadspost::post::limits
