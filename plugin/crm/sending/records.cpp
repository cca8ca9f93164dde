// records.cpp - what the senders keep in the database: who they are, which number of which ledger the
// database has seen, and the rate tokens that they share.
#include "crm/entities.hpp"

namespace raadspost::crm {

using namespace tryton;

Model ledger_number() {
    return Model{"raadspost.ledger.number", "Ledger Number"}
        .stored()
        .field(Char{"ledger", "Ledger"}.required())
        .field(BigInteger{"number", "Number"}.required())
        .unique({"ledger"}, "msg_internal_error");
}

Model rate_token() {
    return Model{"raadspost.rate.token", "Rate Token"}
        .stored()
        .field(Char{"relay", "Relay"}.required())
        .field(Char{"hub", "Hub"})
        .field(BigInteger{"minute", "Minute"}.required())
        .field(Integer{"taken", "Taken"}.required())
        .unique({"relay", "hub", "minute"}, "msg_internal_error");
}

Model sender_record() {
    return Model{"raadspost.sender", "Sender"}
        .stored()
        .shown()
        .ordered_by("seen_at", "DESC")
        .named_by("host")
        .field(Char{"host", "Machine"}.readonly())
        .field(Integer{"process", "Process"}.readonly())
        .field(Char{"journal", "Journal"}.readonly())
        .field(DateTimeField{"started_at", "Started"}.readonly())
        .field(DateTimeField{"seen_at", "Last Seen"}.readonly())
        .field(Integer{"sent", "Sent"}.readonly())
        .field(Char{"trouble", "Trouble"}.readonly())
        .field(Text{"trouble_text", "What Is Wrong"}.readonly())
        .unique({"journal"}, "msg_internal_error");
}

}  // namespace raadspost::crm
