// What staff do with the answers that came by the page. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

namespace raadspost::crm {

// A member of staff vouches for them: the outcomes that somebody else than the griffie told and the mail that
// they want no more; and the address at which the griffie itself wants to be written to, never one that a
// stranger names. UserError where that is none.
void take_over(const tryton::Ids& page_answers);

// Read, and nothing else follows from them.
void settle_page_answers(const tryton::Ids& page_answers);

}  // namespace raadspost::crm
