// What kinds of meeting places there are, how a kind is proposed from a name, and when two rows mean the same
// house. The vocabulary is closed (screens and statistics need one), the words that lead to a kind are Dutch
// and Frisian as found in the names of some 1,600 real places. Pure functions and constant tables: safe on
// any thread.
#pragma once

#include "core/council/council.hpp"

#include <span>
#include <string>
#include <string_view>

namespace raadspost {

struct MeetingPlaceKind {
    std::string_view key;      // "dorpshuis"; stored
    std::string_view english;  // "Village hall"; for the screens' translation
};

// The last one is "other".
std::span<const MeetingPlaceKind> meeting_place_kinds();

// The key of the kind that a name speaks of ("Dorpshuis De Trefkoel" -> "dorpshuis"),
// empty when it speaks of none. A kind's own key and its OpenStreetMap tags are names too.
std::string_view kind_in_name(std::string_view name);

// Kind out of OpenStreetMap tags: `amenity` and `community_centre` (or the tag that specifies it); empty when
// they tell none.
std::string_view kind_of_osm(std::string_view amenity, std::string_view detail);

// Two places with the same key are one: postcode plus name, folded, without rooms, entrances and words for
// the kind
// ("MFA De Spil zaal 2", "De Spil"). Where there is no postcode, the council's code and the place stand in
// for it; empty when there is no name.
std::string duplicate_key(const MeetingPlace& place);

}  // namespace raadspost
