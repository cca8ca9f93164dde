// The whole of reading a received message: bytes in, findings with evidence out. It changes nothing, asks
// nobody but the look-up it is given, and gives the same for the same, so that the archive can be read again
// with newer rules. Pure; safe on any thread while Reader is not changed.
#pragma once

#include "core/answer/reading.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace raadspost::answer {

struct Reader {
    const Rules& rules;
    const CouncilIndex& country;  // all councils
    OwnAddresses own;
    const link::KeyRing* keys = nullptr;  // without: no signed address is understood
    std::string authserv_id;              // of the own server; without: nothing is authenticated
};

// The messages of ours that the clues may lead to; they must live until read() is done. More than fit do no
// harm; called once.
using CandidateLookup = std::function<std::span<const SentMail>(const Clues&)>;

// Never fails; what could not be read (received.unread) is of kind `other`.
Reading read(std::string_view bytes, const Reader& reader, const CandidateLookup& lookup);

}  // namespace raadspost::answer
