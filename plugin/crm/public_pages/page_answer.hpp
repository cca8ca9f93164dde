// What staff do with the answers that came by the page. [gil-held].
#pragma once

#include "tryton/value.hpp"

namespace raadspost::crm {

// The outcomes that somebody else than the griffie told, now vouched for by a member of staff.
void take_over(const tryton::Ids& page_answers);

}  // namespace raadspost::crm
