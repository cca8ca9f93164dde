// What programs that embed the host call in the extension: the sender's loop for raadspostd, and what an
// administrator does by hand. What cannot be done is an exception with a sentence.
#pragma once

#include "tryton/module.hpp"

namespace raadspost::crm {

// run_sender(database, {"once": bool}): turns until told to stop (or, once, until there is nothing left to
// do). Gives a dict of what it did. arm_sending(database, who, reason), stop_daemon(). The others give a
// sentence: write_off_machine(database, host), add_keys(database), retire_keys(database, number).
std::vector<tryton::Entry> sending_entries();

// The host's cron, where no raadspostd runs: at most 20 seconds of the same.
tryton::Value send_slice(const tryton::List& arguments);

}  // namespace raadspost::crm
