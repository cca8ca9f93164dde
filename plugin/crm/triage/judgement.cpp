#include "crm/triage/judgement.hpp"

#include "tryton/rows.hpp"

#include <set>

namespace raadspost::crm {

using namespace tryton;

namespace {

using MaybeText = std::optional<std::string>;

bool same(const Correction& one, const Correction& other) {
    return one.case_id == other.case_id &&
           std::set(one.kinds.begin(), one.kinds.end()) == std::set(other.kinds.begin(), other.kinds.end()) &&
           one.list_number == other.list_number && one.disposal == other.disposal &&
           one.case_number == other.case_number && one.redirect_to == other.redirect_to &&
           one.list_date == other.list_date && one.meeting_date == other.meeting_date &&
           one.absent_until == other.absent_until;
}

}  // namespace

Correction proposal_of(Id message) {
    Correction proposal;
    for (auto& [case_id, kinds, list_number, disposal, case_number, redirect_to] :
         Rows<std::optional<Id>, MaybeText, MaybeText, MaybeText, MaybeText, MaybeText>{
             "select \"case\", kinds, list_number, disposal, case_number, redirect_to from raadspost_message "
             "where id = {}",
             message}) {
        proposal.case_id = case_id.value_or(0);
        proposal.kinds = kinds_of(kinds.value_or(""));
        proposal.list_number = list_number.value_or("");
        proposal.disposal = disposal.value_or("");
        proposal.case_number = case_number.value_or("");
        proposal.redirect_to = redirect_to.value_or("");
    }
    for (const auto& [list_date, meeting_date, absent_until] :
         Rows<std::optional<Date>, std::optional<Date>, std::optional<Date>>{
             "select list_date, meeting_date, absent_until from raadspost_message where id = {}", message}) {
        proposal.list_date = list_date;
        proposal.meeting_date = meeting_date;
        proposal.absent_until = absent_until;
    }
    return proposal;
}

bool judge(Id message, const Correction& judgement) {
    const Rows<std::string, MaybeText, std::optional<DateTime>> present{
        "select state, trust, decided_at from raadspost_message where id = {}", message};
    if (present.empty()) return false;
    const auto& [state, trust, decided_at] = present.front();
    if (state == "settled" && decided_at) return false;
    if (trust != "forged" && same(judgement, proposal_of(message)))
        accept(message);
    else
        correct(message, judgement);
    return true;
}

}  // namespace raadspost::crm
