// Numbers on an appeal's form: how many councils get it and why the others do not, and how far its dispatches
// are. One query for all appeals asked for where the list shows them. [gil-held], inside a transaction.
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

// Fields dispatch_count, waiting_count, under_way_count, sent_count, trouble_count, cancelled_count.
std::map<std::string, tryton::Values> dispatch_numbers(const tryton::Ids& appeals,
                                                       const std::vector<std::string>& names);

// Field next_at: when an appeal that runs sends on, where that is still to come.
tryton::Values next_message(const tryton::Ids& appeals);

// Field sending_trouble: for an appeal that runs and has something to send, why that does not happen and what
// to do; one sentence, the most urgent, empty when all is well.
tryton::Values sending_trouble(const tryton::Ids& appeals);

// Fields council_count, gets_count, mailbox_count, waits_count, without_count and recipients (the reasons as
// text); the councils that get it, wait and go without add up to the council_count.
std::map<std::string, tryton::Values> recipient_numbers(const tryton::Ids& appeals,
                                                        const std::vector<std::string>& names);

}  // namespace raadspost::crm
