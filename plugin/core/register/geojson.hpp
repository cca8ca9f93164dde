// Meeting places out of an OpenStreetMap export in GeoJSON (overpass-turbo's shape): features with flat tags
// and a point or an area, of which the centre is taken. Streams feature by feature; what is complete before a
// break is handed out. The council is found by addr:city when the name is that of one council, otherwise left
// empty for a person. Data of OpenStreetMap is (c) its contributors, ODbL: `source` says "osm" so that
// screens can say so.
#pragma once

#include "core/council/lookup.hpp"
#include "core/register/sink.hpp"

#include <istream>

namespace raadspost::registers {

// Problems: register_json (with the line), register_not_geojson, register_name_missing, register_too_deep,
// register_too_long, register_geometry, register_duplicate, register_truncated.
void read_geojson(std::istream& in, const CouncilIndex& councils, const Sink<MeetingPlace>& sink);

// For the preview and `compare`; key is source and source id where the source has one, else duplicate_key.
Keyed keyed(const MeetingPlace& place);

}  // namespace raadspost::registers
