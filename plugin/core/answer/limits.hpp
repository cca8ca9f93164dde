// Every limit on received mail in one place: what is parsed, and how much of it is kept as a value. A message
// beyond a limit of the first group is not parsed at all: its headers are read, the rest stays raw. Beyond
// one of the second group the value is cut. Constants only.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstddef>

namespace raadspost::answer::limits {

// Counted in one pass over the bytes, before anything is parsed.
inline constexpr std::size_t message_bytes = 25u << 20;
inline constexpr std::size_t header_block_bytes = 102400;        // Postfix header_size_limit; of any part
inline constexpr std::size_t part_count = 1000;                  // what a million of them cost: 7.6 s
inline constexpr std::size_t nesting_depth = 100;                // Postfix mime_nesting_limit
inline constexpr std::size_t boundary_comparisons = 20'000'000;  // lines that may part, times open multiparts

// On a processor, for all of the reading of one message. What takes seconds of it is none: the rest takes
// milliseconds, and the largest that is parsed less than a second.
inline constexpr std::chrono::seconds reading_time{20};

// Of what is read.
inline constexpr std::size_t text_bytes = 1u << 20;
inline constexpr std::size_t html_bytes = 2u << 20;
inline constexpr std::size_t html_errors =
    100'000;                                     // Word's HTML is full of them; each costs some microseconds
inline constexpr std::size_t html_depth = 1000;  // an end tag is looked for among the open ones
inline constexpr std::size_t returned_count = 20;
inline constexpr std::size_t returned_text_bytes = 64u << 10;
inline constexpr std::size_t encoded_message_depth = 3;  // messages in base64 within each other
inline constexpr std::size_t status_groups = 1000;
inline constexpr std::size_t header_count = 2000;  // of one block
inline constexpr std::size_t address_count = 500;
inline constexpr std::size_t reference_count = 100;
inline constexpr std::size_t file_name_bytes = 255;

}  // namespace raadspost::answer::limits
