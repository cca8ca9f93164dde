// What claiming, settling and recovery write on whatever the senders send: dispatches and answers.
// [gil-held].
#pragma once

#include "tryton/model.hpp"

namespace raadspost::crm {

// Adds the fields from claimed_by to queue_id; state, reason and sent_at are each model's own.
void add_submission(tryton::Model& model);

}  // namespace raadspost::crm
