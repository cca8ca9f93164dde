#include "core/register/geojson.hpp"

#include "core/council/table.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::registers;

namespace {

Gathered<MeetingPlace> places_in(std::istream& in) {
    static const CouncilIndex councils{councils_2026()};
    Gathered<MeetingPlace> gathered;
    const auto sink = gathered.sink();
    read_geojson(in, councils, sink);
    return gathered;
}

Gathered<MeetingPlace> places_in(const std::string& text) {
    std::istringstream in{text};
    return places_in(in);
}

std::string feature(const std::string& id, const std::string& tags, const std::string& geometry) {
    return "{\"type\":\"Feature\",\"id\":\"" + id + "\",\"properties\":{" + tags +
           "},\"geometry\":" + geometry + "}";
}

std::string collection(const std::string& features) {
    return "{\"type\":\"FeatureCollection\",\n\"features\":[\n" + features + "\n]}";
}

const std::string point = R"({"type":"Point","coordinates":[4.5,52]})";

bool has(const Gathered<MeetingPlace>& places, const std::string& id, const std::string& place) {
    return std::ranges::any_of(
        places.problems, [&](const auto& problem) { return problem.id == id && problem.place == place; });
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_place_is_read_whole) {
    const auto places = places_in(
        "\xEF\xBB\xBF" +
        collection(feature(
            "node/1",
            R"("name":"Dorpshuis Voorbeeld","amenity":"community_centre","addr:street":"Dorpsstraat",)"
            R"("addr:housenumber":"1","addr:postcode":"2101aa","addr:city":"Heemstede","contact:email":"a@x.example",)"
            R"("phone":"1","operator":"Stichting X","wheelchair":"limited","capacity":120,"open":true,"x":null)",
            point)));
    BOOST_TEST(places.problems.empty());
    BOOST_REQUIRE(places.records.size() == 1u);
    const MeetingPlace& place = places.records[0];
    BOOST_TEST(place.name == "Dorpshuis Voorbeeld");
    BOOST_TEST(place.kind == "dorpshuis");
    BOOST_TEST(place.council == "GM0397");
    BOOST_TEST((place.address == Address{"Dorpsstraat", "1", "", "2101 AA", "Heemstede"}));
    BOOST_TEST((place.coordinates == Coordinates{4.5, 52}));
    BOOST_TEST(place.email == "a@x.example");
    BOOST_TEST(place.wheelchair == "limited");
    const Keyed record = keyed(place);
    BOOST_TEST(record.key == "osm:node/1");
    BOOST_TEST(record.fields.at("longitude") == "4.500000");
}

BOOST_AUTO_TEST_CASE(areas_give_their_centre) {
    const std::vector<std::string> geometries = {
        R"({"type":"Polygon","coordinates":[[[5,52],[6,52],[6,53],[5,53],[5,52]]]})",
        R"({"coordinates":[[[[5,52,1],[6,52,1]]],[[[6,53,1],[5,52,1]]]],"type":"MultiPolygon"})",
        R"({"type":"LineString","coordinates":[[5,52],[6,53]]})"};
    for (const auto& geometry : geometries) BOOST_TEST_CONTEXT(geometry) {
            const auto places = places_in(collection(feature("way/1", R"("name":"A")", geometry)));
            BOOST_REQUIRE(places.records.size() == 1u);
            BOOST_REQUIRE(places.records[0].coordinates.has_value());
            BOOST_TEST(std::abs(places.records[0].coordinates->longitude - 5.5) < 1e-9);
            BOOST_TEST(std::abs(places.records[0].coordinates->latitude - 52.5) < 1e-9);
        }
}

BOOST_AUTO_TEST_CASE(bad_input_is_told_with_its_place_and_the_rest_is_read) {
    const std::string good = feature("node/1", R"("name":"A")", point);
    const std::string whole = collection(good + ",\n" + feature("node/2", R"("name":"B")", point));
    struct Row {
        std::string what, text, id, place;
        std::size_t places;
    };
    const std::vector<Row> rows = {
        {"empty", "", "register_empty", "", 0},
        {"cut", whole.substr(0, whole.size() - 30), "register_truncated", "line 4", 1},
        {"broken", collection(good + ",\n{\"type\" \"Feature\"}"), "register_json", "line 4", 1},
        {"no GeoJSON", "{\"elements\":[]}", "register_not_geojson", "line 1", 0},
        {"no name", collection(feature("node/3", "", point) + ",\n" + good), "register_name_missing",
         "line 3, feature 1 (node/3)", 1},
        {"no point", collection(feature("node/3", R"("name":"C")", "null")), "register_geometry",
         "line 3, feature 1 (node/3)", 1},
        {"impossible point",
         collection(feature("n", R"("name":"C")", R"({"type":"Point","coordinates":[1e300,52]})")),
         "register_geometry", "line 3, feature 1 (n)", 1},
        {"twice", collection(good + ",\n" + good), "register_duplicate", "line 4, feature 2 (node/1)", 1},
        {"deep", collection(good + "," + std::string(100'000, '[')), "register_too_deep", "line 3", 1},
        {"long", collection(good + ",{\"a\":\"" + std::string(5'000'000, 'x') + "\"}"), "register_too_long",
         "line 3", 1},
        {"bad UTF-8", collection(good + "," + feature("node/2", "\"name\":\"\xFF\"", point)), "register_json",
         "line 3", 1},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.what) {
            const auto places = places_in(row.text);
            BOOST_TEST(places.records.size() == row.places);
            BOOST_TEST(has(places, row.id, row.place));
            for (const auto& problem : places.problems)
                BOOST_TEST_MESSAGE(problem.id << " at " << problem.place);
        }
}

BOOST_AUTO_TEST_CASE(the_sample_of_an_overpass_export_is_read) {
    const std::filesystem::path file =
        std::filesystem::path{RAADSPOST_SHARED_DIR} / "data/osm/osm_meeting_places_SYNTHETIC.geojson";
    if (!std::filesystem::exists(file)) {
        BOOST_TEST_MESSAGE("skipped: no " << file);
        return;
    }
    std::ifstream in{file, std::ios::binary};
    const auto places = places_in(in);
    BOOST_REQUIRE(places.records.size() == 6u);
    BOOST_REQUIRE(places.problems.size() == 1u);
    BOOST_TEST(places.problems[0].id == "register_name_missing");
    const std::vector<std::string> kinds = {"dorpshuis",         "buurthuis", "bibliotheek",
                                            "verenigingsgebouw", "huiskamer", "mfa"};
    for (std::size_t i = 0; i < kinds.size(); ++i) BOOST_TEST(places.records[i].kind == kinds[i]);
    BOOST_TEST(places.records[0].council == "GM0397");
    BOOST_TEST(places.records[3].council == "");
}
