// A mailbox that mail is taken from: batches of whole messages that were not taken yet, in the mailbox's own
// order, until there is none. Nothing in it is deleted and no flag is changed. What has been taken is
// remembered by the caller: by number for IMAP, by name for a Maildir. One thread at a time.
#pragma once

#include "core/no_host.hpp"
#include "core/result.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace raadspost::intake {

struct Arrival {
    std::uint32_t uid = 0;  // of IMAP
    std::string path;       // of a Maildir: the name's stable part
    std::string bytes;
    std::uint64_t size = 0;  // of the whole; beyond bytes.size() only the beginning is there
    std::chrono::sys_seconds arrived{};
    std::optional<Problem> trouble;  // it is there and cannot be had: bytes are empty
};

struct Batch {
    std::uint32_t uid_validity = 0;
    std::uint32_t up_to = 0;  // every number up to this is in here or no longer there
    std::vector<Arrival> arrivals;
    bool at_end = false;  // nothing more was there
};

class Mailbox {
public:
    virtual ~Mailbox() = default;
    // The next messages. A Problem ends the connection; the next call makes a new one.
    virtual Result<Batch> next(const std::stop_token& stop) = 0;
    // The batch is safe with the caller: now its messages may be moved away.
    virtual Result<Done> taken_in(const Batch& batch) = 0;
    // Waits until there may be something new, or as long as a mailbox can wait in one go.
    virtual Result<Done> await_news(const std::stop_token& stop) = 0;
    virtual void close() = 0;
    // What is wrong although mail is taken in: it cannot be moved, say.
    virtual std::optional<Problem> complaint() const { return std::nullopt; }
};

}  // namespace raadspost::intake
