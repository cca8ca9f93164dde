#include "core/council/meeting_place.hpp"

#include "core/council/address.hpp"
#include "core/fold.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace raadspost {
namespace {

constexpr std::array<MeetingPlaceKind, 15> all_kinds = {{
    {"dorpshuis", "Village hall"},
    {"buurthuis", "Neighbourhood house"},
    {"wijkcentrum", "District centre"},
    {"mfa", "Multifunctional building"},
    {"gemeenschapshuis", "Community house"},
    {"kulturhus", "Kulturhus"},
    {"ontmoetingscentrum", "Meeting centre"},
    {"huiskamer", "Neighbourhood living room"},
    {"verenigingsgebouw", "Society building"},
    {"sportkantine", "Sports canteen"},
    {"bibliotheek", "Library"},
    {"jongerencentrum", "Youth centre"},
    {"dorpswinkel", "Village shop"},
    {"kerk", "Church building"},
    {"other", "Other"},
}};

// Looked for in this order: "Sporthal MFA De Kuil" is an MFA, "Dorpshuis-bibliotheek" a village hall. A word
// ending in
// '*' may have letters before and behind ("multifunctioneel", "sportcentrum"); the others are whole words.
constexpr std::array<std::pair<std::string_view, std::string_view>, 64> words = {{
    {"*dorpshuis*", "dorpshuis"},
    {"dorpshoes*", "dorpshuis"},
    {"*doarpshus*", "dorpshuis"},
    {"dorpshus*", "dorpshuis"},
    {"*dorpscentrum*", "dorpshuis"},
    {"dorpscentra*", "dorpshuis"},
    {"dorpsgebouw*", "dorpshuis"},
    {"village hall", "dorpshuis"},
    {"mfa", "mfa"},
    {"mfc", "mfa"},
    {"multifunctione*", "mfa"},
    {"multi functione*", "mfa"},
    {"multi purpose", "mfa"},
    {"multicultureel centrum", "mfa"},
    {"*gemeenschapshuis*", "gemeenschapshuis"},
    {"gemeenschapshoes*", "gemeenschapshuis"},
    {"gemeenschapscentrum*", "gemeenschapshuis"},
    {"gemeenschapsgebouw*", "gemeenschapshuis"},
    {"gemeinschapshuis*", "gemeenschapshuis"},
    {"community hall", "gemeenschapshuis"},
    {"kulturhus*", "kulturhus"},
    {"kulturhoes*", "kulturhus"},
    {"kultuurhus*", "kulturhus"},
    {"cultuurhuis*", "kulturhus"},
    {"buurthuis*", "buurthuis"},
    {"buurtcentrum*", "buurthuis"},
    {"buurtgebouw*", "buurthuis"},
    {"buurthus", "buurthuis"},
    {"buurtkamer*", "huiskamer"},
    {"wijkcentrum*", "wijkcentrum"},
    {"*wijkgebouw*", "wijkcentrum"},
    {"wijkhuis*", "wijkcentrum"},
    {"wijkaccommodatie*", "wijkcentrum"},
    {"wijksteunpunt*", "wijkcentrum"},
    {"huis van de wijk", "wijkcentrum"},
    {"huis van de buurt", "buurthuis"},
    {"*ontmoeting*", "ontmoetingscentrum"},
    {"trefcentrum*", "ontmoetingscentrum"},
    {"trefpunt*", "ontmoetingscentrum"},
    {"inloop*", "huiskamer"},
    {"huiskamer*", "huiskamer"},
    {"odensehuis*", "huiskamer"},
    {"*verenigingsgebouw*", "verenigingsgebouw"},
    {"verenigingshuis*", "verenigingsgebouw"},
    {"*clubhuis*", "verenigingsgebouw"},
    {"jongerencentrum*", "jongerencentrum"},
    {"jeugdhuis*", "jongerencentrum"},
    {"jongerenhuis*", "jongerencentrum"},
    {"youth centre", "jongerencentrum"},
    {"*bibliotheek*", "bibliotheek"},
    {"bieb", "bibliotheek"},
    {"library", "bibliotheek"},
    {"dorpswinkel*", "dorpswinkel"},
    {"buurtwinkel*", "dorpswinkel"},
    {"*kantine*", "sportkantine"},
    {"sport*", "sportkantine"},
    {"parochie*", "kerk"},
    {"parish hall", "kerk"},
    {"kerk", "kerk"},
    {"kerkelijk*", "kerk"},
    {"kerkgebouw*", "kerk"},
    {"voetbalvereniging*", "sportkantine"},
    {"dorpsgemeenschap*", "gemeenschapshuis"},
    {"wijkplaats*", "wijkcentrum"},
}};

bool has_word(const std::string& padded, std::string_view word) {
    const bool may_begin = word.starts_with('*');
    if (may_begin) word.remove_prefix(1);
    const bool may_go_on = word.ends_with('*');
    if (may_go_on) word.remove_suffix(1);
    std::string sought{word};
    if (!may_begin) sought.insert(0, 1, ' ');
    if (!may_go_on) sought += ' ';
    return padded.find(sought) != std::string::npos;
}

// What a polling station's or a caretaker's list adds to the name of the house.
bool is_room(std::string_view word) {
    constexpr std::array<std::string_view, 12> rooms = {"zaal",   "grote",  "kleine", "ingang",
                                                        "foyer",  "lokaal", "ruimte", "hal",
                                                        "begane", "grond",  "etage",  "kantine"};
    return std::ranges::find(rooms, word) != rooms.end() ||
           std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_article(std::string_view word) {
    constexpr std::array<std::string_view, 9> articles = {"de",  "het", "t",  "n",  "s",
                                                          "een", "in",  "it", "den"};
    return std::ranges::find(articles, word) != articles.end();
}

// The name without room, kind and article; the whole folded name when nothing else is in it.
std::string essence(std::string_view name) {
    const std::string whole = folded(name);
    std::string kept;
    for (std::size_t at = 0; at < whole.size();) {
        const auto end = std::min(whole.find(' ', at), whole.size());
        const auto word = std::string_view{whole}.substr(at, end - at);
        at = end + 1;
        if (is_room(word) || is_article(word) || !kind_in_name(word).empty()) continue;
        if (!kept.empty()) kept += ' ';
        kept += word;
    }
    return kept.empty() ? whole : kept;
}

}  // namespace

std::span<const MeetingPlaceKind> meeting_place_kinds() {
    return all_kinds;
}

std::string_view kind_in_name(std::string_view name) {
    std::string padded = ' ' + folded(name) + ' ';
    if (padded == " other " || padded == " overig " || padded == " anders ") return "other";
    for (const auto& [word, kind] : words)
        if (has_word(padded, word)) return kind;
    return {};
}

std::string_view kind_of_osm(std::string_view amenity, std::string_view detail) {
    if (const auto kind = kind_in_name(detail); !kind.empty()) return kind;
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> amenities = {
        {{"library", "bibliotheek"},
         {"social_facility", "huiskamer"},
         {"social_centre", "verenigingsgebouw"},
         {"youth_centre", "jongerencentrum"},
         {"place_of_worship", "kerk"},
         {"community_centre", "ontmoetingscentrum"}}};
    for (const auto& [tag, kind] : amenities)
        if (tag == amenity) return kind;
    return {};
}

std::string duplicate_key(const MeetingPlace& place) {
    const std::string name = essence(place.name);
    if (name.empty()) return {};
    if (const std::string postcode = postcode_of(place.address.postcode); !postcode.empty())
        return postcode.substr(0, 4) + postcode.substr(5) + '/' + name;
    return place.council + '/' + folded(place.address.place) + '/' + name;
}

}  // namespace raadspost
