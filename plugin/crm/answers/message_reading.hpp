// Reading what was kept: each message that nobody has read is read once, away from the host, and what was
// found is written in one transaction of its own. A mark stands on a message while it is read; one that still
// bears the mark of a reader that died has stopped it once and is left unread, for people to see, until one
// of them has it read again. A message that a reader never comes to the end of does the same: the reader's
// process ends itself (core/intake/alarm.hpp). [gil-held], inside a transaction that has written nothing.
#pragma once

#include "tryton/value.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <string_view>

namespace raadspost::crm {

// Writes what was found about that message: its columns with the state that follows "unread", and whatever
// else belongs to it. [gil-held], in the message's transaction; may be called again when another process was
// quicker, so it does nothing outside the database.
using WriteFindings = std::function<void(tryton::Id message)>;

// Reads a message's bytes. Without the GIL; throws nothing.
using ReadMessage = std::function<WriteFindings(tryton::Id message, std::string_view bytes)>;

struct ReadCounts {
    std::size_t read = 0;
    std::size_t left = 0;  // unread, with trouble
};

// At most so many, the oldest first, until `halt`.
ReadCounts read_messages(const ReadMessage& read, const std::string& reader, const std::atomic<bool>& halt,
                         std::size_t most);

// Leaves it unread and says why: an id of message.xml without "msg_", or a sentence.
void leave_unread(tryton::Id message, const std::string& trouble);

// What a person asks for about messages that are left unread.
void read_again(const tryton::Ids& messages);

}  // namespace raadspost::crm
