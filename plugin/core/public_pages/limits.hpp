// Limits of what the public may send to and ask of the public pages. Everything that is read there is
// hostile until it was checked, and a page must stay cheap whatever is asked. Constants only: safe anywhere.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace raadspost::public_pages::limits {

// A form. An office that serves 25 councils still answers within them.
inline constexpr std::size_t body_bytes = 64 * 1024;
inline constexpr std::size_t field_count = 512;
inline constexpr std::size_t field_name_bytes = 64;
inline constexpr std::size_t field_value_bytes = 8 * 1024;
inline constexpr std::size_t part_header_bytes = 1024;  // of one part of multipart/form-data
inline constexpr std::size_t boundary_bytes = 70;       // RFC 2046 5.1.1

// What is typed, in characters.
inline constexpr std::size_t list_number_letters = 30;
inline constexpr std::size_t remark_letters = 2000;

// Asking. Offices of many municipalities share one address on the outside, hence the generous first figure.
struct Allowance {
    double at_once;     // requests that may come in a burst
    double per_second;  // and what is regained
};
inline constexpr Allowance per_address{240, 8};
inline constexpr Allowance per_token{120, 2};
inline constexpr Allowance posts_per_address{60, 0.5};
inline constexpr Allowance posts_per_token{40, 0.2};
inline constexpr std::size_t askers_remembered = 16'384;  // for each of these four

// Requests that hold a transaction, and those that wait for their turn.
inline constexpr std::size_t transactions_at_once = 4;
inline constexpr std::size_t waiting_for_one = 24;
inline constexpr std::chrono::milliseconds longest_wait{2000};
inline constexpr std::chrono::seconds retry_after{5};

// Pages kept ready to be served.
inline constexpr std::size_t cache_bytes = 16 * 1024 * 1024;
inline constexpr std::size_t cache_pages = 4096;
inline constexpr std::chrono::seconds kept_ready{60};

// Facts of messages, for pages that are not ready: read for so many with ids side by side.
inline constexpr std::int64_t read_at_once = 64;
inline constexpr std::size_t messages_ahead = 4096;

}  // namespace raadspost::public_pages::limits
