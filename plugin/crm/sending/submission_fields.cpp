#include "crm/sending/submission_fields.hpp"

namespace raadspost::crm {

using namespace tryton;

void add_submission(Model& model) {
    model.field(Char{"claimed_by", "Sender"}.readonly())
        .field(DateTimeField{"claimed_at", "Taken By the Sender"}.readonly())
        .field(Char{"journal", "Journal"}.readonly())
        .field(Integer{"tries", "Tries"}.readonly())
        .field(DateTimeField{"first_try", "First Try"}.readonly())
        .field(DateTimeField{"next_try", "Next Try"}.readonly())
        .field(DateTimeField{"again_at", "Sent Again By Decision Of"}.readonly())
        .field(Integer{"reply_code", "Reply Code"}.readonly())
        .field(Char{"reply_status", "Reply Status"}.readonly())
        .field(Text{"reply_text", "Reply of the Relay"}.readonly())
        .field(Char{"queue_id", "Queue ID"}.readonly());
}

}  // namespace raadspost::crm
