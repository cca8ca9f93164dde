// What our own mail server found out about who sent a message, from Authentication-Results (RFC 8601).
// Anybody can write such a header: only that of the configured server counts, and of several only the
// topmost, since servers put theirs above what came. (The server must take out forged ones of its own name,
// RFC 8601 section 5: without that nothing here can tell.) Pure; safe on any thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

enum class Verdict : std::uint8_t { none, pass, fail };

struct SignedBy {
    std::string domain;  // header.d; lower case
    Verdict verdict = Verdict::none;
};

struct Authentication {
    bool checked = false;  // the configured server left its header
    Verdict dmarc = Verdict::none;
    Verdict spf = Verdict::none;
    Verdict dkim = Verdict::none;  // pass if any signature did
    std::vector<SignedBy> signatures;
    // Of the one address in From; empty where there is none, or several: then nothing passes, as nobody can
    // tell whom a reader would see.
    std::string from_domain;
    // All taken together, about `from_domain`. pass: DMARC passed for it, or without a DMARC verdict a
    // signature or SPF of that domain, its parent or its child did. fail: DMARC failed, or without a verdict
    // SPF did and no signature passed.
    Verdict sender = Verdict::none;
};

// `authserv_id` is the name that the own server writes; compared without regard to case. Empty: none is
// configured, then no pass is believed, but a fail of the topmost header is.
Authentication authentication(const Received& received, std::string_view authserv_id);

}  // namespace raadspost::answer
