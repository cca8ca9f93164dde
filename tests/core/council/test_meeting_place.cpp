#include "core/council/meeting_place.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

using namespace raadspost;

BOOST_AUTO_TEST_CASE(a_name_tells_the_kind) {
    const std::vector<std::pair<std::string, std::string_view>> rows = {
        {"Dorpshuis De Schakel", "dorpshuis"},
        {"DORPSHUIS", "dorpshuis"},
        {"It Doarpshûs", "dorpshuis"},
        {"MFA 't Kruispunt", "mfa"},
        {"Multifunctionele accommodatie De Kuil", "mfa"},
        {"Sporthal MFA De Kuil", "mfa"},
        {"Gemeenschapshuis Oos Hoes", "gemeenschapshuis"},
        {"Kulturhus Den Dool", "kulturhus"},
        {"Wijkcentrum Noord", "wijkcentrum"},
        {"Buurthuis De Trefpunt", "buurthuis"},
        {"Ontmoetingscentrum De Brug", "ontmoetingscentrum"},
        {"Inloophuis Voorbeeld", "huiskamer"},
        {"Huiskamer van de buurt", "huiskamer"},
        {"Voetbalkantine VV Voorbeeld", "sportkantine"},
        {"Bibliotheek West", "bibliotheek"},
        {"De Zwaan, Nieuwerkerk", ""},
        {"Transportzaal", ""},
        {"De Trefkoel", ""},
        {"", ""},
    };
    for (const auto& [name, kind] : rows) BOOST_TEST_CONTEXT(name) BOOST_TEST(kind_in_name(name) == kind);
    for (const MeetingPlaceKind& kind : meeting_place_kinds())
        BOOST_TEST_CONTEXT(kind.key) BOOST_TEST(kind_in_name(kind.key) == kind.key);
}

BOOST_AUTO_TEST_CASE(openstreetmap_tags_tell_the_kind) {
    BOOST_TEST(kind_of_osm("community_centre", "village_hall") == "dorpshuis");
    BOOST_TEST(kind_of_osm("community_centre", "youth_centre") == "jongerencentrum");
    BOOST_TEST(kind_of_osm("community_centre", "") == "ontmoetingscentrum");
    BOOST_TEST(kind_of_osm("library", "") == "bibliotheek");
    BOOST_TEST(kind_of_osm("townhall", "") == "");
}

BOOST_AUTO_TEST_CASE(rooms_and_kinds_do_not_make_two_houses) {
    const auto key = [](std::string name, std::string postcode, std::string place = {}) {
        MeetingPlace house;
        house.name = std::move(name);
        house.council = "GM0001";
        house.address.postcode = std::move(postcode);
        house.address.place = std::move(place);
        return duplicate_key(house);
    };
    BOOST_TEST(key("MFA De Spil zaal 2", "9514ca") == key("De Spil", "9514 CA"));
    BOOST_TEST(key("Dorpshuis De Spil", "9514 CA") != key("Dorpshuis De Schakel", "9514 CA"));
    BOOST_TEST(key("Dorpshuis", "9514 CA") == "9514CA/dorpshuis");
    BOOST_TEST(key("De Spil", "", "Ons Dorp") == "GM0001/ons dorp/spil");
    BOOST_TEST(key("", "9514 CA") == "");
    BOOST_TEST(key("'t", "9514 CA") == "9514CA/t");
}

BOOST_AUTO_TEST_CASE(real_polling_station_names_are_recognised) {
    const std::filesystem::path file = std::filesystem::path{RAADSPOST_SHARED_DIR} /
                                       "data/osm/ontmoetingsplekken_uit_stembureaus_GR2022.csv";
    if (!std::filesystem::exists(file)) {
        BOOST_TEST_MESSAGE("skipped: no " << file);
        return;
    }
    std::ifstream in{file};
    std::string line;
    std::size_t rows = 0, recognised = 0;
    std::getline(in, line);
    while (std::getline(in, line)) {
        ++rows;
        // The kind stands last and would give the answer away.
        const auto from = line.find("::SB");
        const auto name = line.substr(from == std::string::npos ? 0 : from, line.rfind(',') - from);
        if (!kind_in_name(name).empty()) ++recognised;
    }
    BOOST_TEST_MESSAGE("kind recognised in " << recognised << " of " << rows << " real names");
    BOOST_TEST(rows > 1'600u);
    BOOST_TEST(recognised * 100 >= rows * 97);
}
