// Approval: what a second person has looked at, fixed by a hash. As soon as a text, the letter, the
// letterhead, a signatory, an attachment, a step or the choice of councils differs from what was approved,
// the approval lapses and nothing more is sent. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>
#include <vector>

namespace raadspost::crm {

// SHA-256 over all that an approval covers, in hexadecimal.
std::string approval_hash(tryton::Id appeal);

// True if the appeal has an approval and still is what was approved. The sender asks before it releases.
bool approval_holds(tryton::Id appeal);

// Puts those of the appeals back to draft whose approval no longer holds, and records it.
void lapse_approval(const tryton::Ids& appeals);

// The approvals of these appeals' steps go with the appeal's.
void lapse_steps(const tryton::Ids& appeals);

// For records that belong to an appeal ("raadspost.signatory", ...): the appeals, each once.
tryton::Ids appeals_of(const std::string& model, const tryton::Ids& records);

// Throws UserError if one of these records, about to be deleted, belongs to an appeal that is no draft.
void refuse_unless_draft(const std::string& model, const tryton::Ids& records);

// An approver looks at the shortest, the longest and up to five random messages, as they would go out now.
struct ApprovalSample {
    std::string kind;  // "shortest", "longest", "random"
    std::string council;
    std::size_t characters = 0;
    std::string subject, text, html;
    std::string letter;  // PDF, or empty
};
std::vector<ApprovalSample> approval_samples(tryton::Id appeal);
// Of one step, for these councils.
std::vector<ApprovalSample> approval_samples(tryton::Id appeal, tryton::Id step, const tryton::Ids& councils);
// As the host shows them: records of raadspost.appeal.approve.sample.
tryton::List as_list(std::vector<ApprovalSample> samples);

}  // namespace raadspost::crm
