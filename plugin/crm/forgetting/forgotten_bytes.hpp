// Messages kept on disk that are to go before their time: which they are is told in the transaction that
// takes them off their records, and what lies on disk is overwritten after its commit, by whoever sends or
// takes in mail. So a transaction that fails has lost nothing, and a machine that falls goes on where it was.
#pragma once

#include "tryton/model.hpp"

#include <string>
#include <vector>

namespace raadspost::crm {

enum class KeptIn { dispatches, replies, received };

// [gil-held] Within the caller's transaction.
void forget_bytes(KeptIn folder, const std::vector<std::string>& files);

// [gil-held] Overwrites what was told; gives how many. In transactions of its own; what the disk refuses
// stays for the next time, with a line in the log.
std::int64_t wipe_forgotten_bytes();

}  // namespace raadspost::crm
