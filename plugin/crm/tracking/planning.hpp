// Planning: who gets the first message of an appeal, and who does not, for which one reason. The same
// question is answered for the list on the screen, for the counts and for the dispatches, hence by one query
// (recipients_query). Rows are made inside the database, so that memory does not grow with their number.
// [gil-held], inside a transaction.
#pragma once

#include "tryton/field.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace raadspost::crm {

// Why a council gets nothing, or not yet; stored as these keys. The order is the order of precedence.
inline constexpr std::string_view not_addressed = "not_addressed";  // outside the appeal's own choice
inline constexpr std::string_view inactive = "inactive";
inline constexpr std::string_view no_griffie = "no_griffie";
inline constexpr std::string_view no_address = "no_address";
inline constexpr std::string_view opted_out = "opted_out";
inline constexpr std::string_view suppressed = "suppressed";
inline constexpr std::string_view failing = "failing";          // mail to the address came back
inline constexpr std::string_view unconfirmed = "unconfirmed";  // held: a guessed address, not allowed
inline constexpr std::string_view gap = "gap";                  // held: had mail a few days ago

const tryton::Choices& reasons();  // key, English label; for the selection fields

// SQL over every pair of appeal and council: columns appeal, council, province, griffie, email, mailbox,
// reason
// ('' = gets the message). A griffie is chosen for each council: confirmed before unconfirmed, the older
// first.
std::string recipients_query();
std::string recipients_query(tryton::Id appeal);  // of one appeal

// What changed since messages were made ready, for all running appeals: those not yet taken by a sender are
// made anew for the griffie's present address; those to somebody who opted out, is suppressed or cannot be
// reached are cancelled. What still waits is the planner's (followup/planner.hpp). For the sender's
// housekeeping, in a short transaction.
void review_ready();

// A person, or the plan, is to decide about these again: what was made of them goes, and they wait. Of those
// that fulfil `condition` (SQL about raadspost_dispatch) none that a sender has in hand.
void hold(std::string_view reason, const std::string& condition, const tryton::List& parameters);

// These dispatches, about to be made, go to the griffie's present address: looked up as late as possible, and
// never one that another dispatch of the same step has.
void look_up_addresses(const tryton::Ids& dispatches);

}  // namespace raadspost::crm
