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

struct PlanCounts {
    std::int64_t councils = 0;   // active or not, all that the CRM knows
    std::int64_t addressed = 0;  // behind a dispatch that is planned or held
    std::int64_t mailboxes = 0;  // dispatches that are planned
    std::int64_t held = 0;       // dispatches that wait
    std::int64_t without = 0;    // councils that get nothing; each has a reason
};

// Makes the cases and dispatches of the appeal's first step, due from `starts_at` on. Idempotent: what is
// there stays as it is, what is missing is added.
PlanCounts plan_first_step(tryton::Id appeal);

// What changed since the plan was made, for all running appeals: waiting dispatches go to the griffie's
// present address, ready ones made anew for it; those to somebody who opted out, is suppressed or cannot be
// reached are cancelled; held ones whose reason has gone become planned. Gives the number of these. For the
// sender's housekeeping, in a short transaction; linear in what waits.
std::int64_t review_waiting();

// These dispatches, about to be made, go to the griffie's present address: looked up as late as possible, and
// never one that another dispatch of the same step has.
void look_up_addresses(const tryton::Ids& dispatches);

// The sitting councils' term on that day: "2026-2030" (Kieswet C 4: councils resign together in the week
// after 29 March).
std::string council_period(tryton::Date day);

}  // namespace raadspost::crm
