// Reading a received message with what the CRM knows: its councils, its own addresses and key ring, the
// rules, and by its clues the messages that were sent. What core/answer/read.hpp finds is written and applied
// by applying.hpp. Building is [gil-held], inside a transaction; reading runs without the GIL and takes it
// for its one look-up.
#pragma once

#include "core/answer/read.hpp"
#include "crm/answers/candidates.hpp"
#include "crm/answers/message_reading.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace raadspost::crm {

struct AnswerFound {
    answer::Reading reading;
    Candidates candidates;  // that reading.match.candidates point into
};

// Where our own mail comes from and goes to.
answer::OwnAddresses own_addresses();

class AnswerReader {
public:
    AnswerReader();
    ~AnswerReader();
    AnswerReader(const AnswerReader&) = delete;
    AnswerReader& operator=(const AnswerReader&) = delete;

    // Without the GIL.
    AnswerFound read(tryton::Id message, std::string_view bytes) const;
    const std::string& rule_version() const;

private:
    struct Known;
    std::unique_ptr<Known> known_;
};

// For the reader's loop: reads, and gives back what writes and applies it. Nothing where no message waits.
ReadMessage read_answers();

}  // namespace raadspost::crm
