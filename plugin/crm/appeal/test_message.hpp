// The test message: an appeal as the council of the preview would get it, sent at once to the user who asks,
// over the host's own relay. Not a dispatch: no case, no journal, no signed links. [gil-held], inside a
// transaction.
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

// The button's action. Throws UserError where there is no address, no council or no relay; what the relay
// says becomes an event.
tryton::Value send_test(const tryton::Ids& appeals);

// Field last_test: what became of the latest test message, for the form on which the button stands.
tryton::Values last_test(const tryton::Ids& appeals);

}  // namespace raadspost::crm
