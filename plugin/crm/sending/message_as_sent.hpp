// The exact message of a dispatch, as frozen at release: for the form of the dispatch. Text only where it is
// shown; the raw bytes are a download. [gil-held].
#pragma once

#include "tryton/model.hpp"

namespace raadspost::crm {

// Adds the fields raw, raw_name, readable and parts to the dispatch.
void add_message_as_sent(tryton::Model& dispatch);

}  // namespace raadspost::crm
