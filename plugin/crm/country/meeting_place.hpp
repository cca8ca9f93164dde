// What importers and the demo need of meeting places: keeping their folded columns after bulk writes. The
// model itself is in meeting_place.cpp. [gil-held], in a transaction.
#pragma once

#include "tryton/value.hpp"

namespace raadspost::crm {

// Writes search_name anew where it is out of date. One query and one bulk write.
void refresh_meeting_place_names(const tryton::Ids& places);

}  // namespace raadspost::crm
