// Who reads: the name by which a reader holds mailboxes (leases) and messages (marks), and whether the bearer
// of another name has died. A lease row serves both databases: an advisory lock would hold a connection for
// as long as IDLE waits. Whoever is mistaken for dead does no harm: what two readers take in is one message.
// Safe on any thread.
#pragma once

#include "tryton/value.hpp"

#include <chrono>
#include <string>

namespace raadspost::crm {

inline constexpr std::chrono::seconds lease_time{90};  // without a sign of life
inline constexpr std::chrono::seconds lease_renewal{15};

// "host:process:random"; a name of its own for each run, told to be alive until destroyed.
class ReaderName {
public:
    ReaderName();
    ~ReaderName();
    ReaderName(const ReaderName&) = delete;
    ReaderName& operator=(const ReaderName&) = delete;
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

// A process of this machine that is gone is known to be; of others only their silence tells.
bool is_dead(const std::string& reader, tryton::DateTime seen_at, tryton::DateTime now);

}  // namespace raadspost::crm
