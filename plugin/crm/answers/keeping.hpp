// Keeping what was fetched: each message's bytes once in the host's filestore and once as a row, however
// often and from wherever it comes. First the bytes, durably; then the rows, where each was found, and how
// far the mailbox was read, in one short transaction. A crash in between leaves bytes that no row names, and
// the mailbox is read again from where it was. [gil-held], inside a transaction that has written nothing.
#pragma once

#include "core/intake/mailbox.hpp"
#include "core/result.hpp"
#include "tryton/value.hpp"

#include <filesystem>
#include <string>

namespace raadspost::crm {

struct Kept {
    std::size_t messages = 0;  // that were not known
    std::size_t known = 0;     // that were: the same content as one that is kept
};

// Problem "received_not_written" when the disk is full; nothing of the batch counts as taken then. The
// position is moved on only while `reader` holds the mailbox's lease.
Result<Kept> keep_batch(tryton::Id source, const std::string& reader, const intake::Batch& batch);

// Where the bytes of received mail lie.
std::filesystem::path received_folder();

}  // namespace raadspost::crm
