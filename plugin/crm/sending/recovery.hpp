// Recovery: what dead senders of this machine left behind. Their journals decide: no dot -> free again,
// accepted -> sent, refused and deferred -> settled, a dot without a reply -> uncertain. A claim of this
// machine whose journal is gone is uncertain as a whole. The ledger is asked first and wins. [gil-held].
#pragma once

#include "crm/sending/settle.hpp"

namespace raadspost::crm {

struct Recovered {
    int journals = 0;
    int freed = 0, sent = 0, settled = 0, uncertain = 0;
};

// Safe to call at any time, also beside living senders: their journals are locked and left alone.
Result<Recovered> recover(Machine& machine, const SendingSettings& settings);

// What the ledger knows better than the database: verdicts for claims that must not be sent (again).
Result<std::vector<Verdict>> already_posted(Machine& machine, const std::vector<Claim>& claims);

// An administrator's word that a machine will never come back: its claims become uncertain. Gives how many.
std::int64_t write_off(const std::string& host);

}  // namespace raadspost::crm
