#include "core/council/region.hpp"

#include "core/council/table.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <string>

using namespace raadspost;

BOOST_AUTO_TEST_CASE(every_council_lies_in_a_region) {
    std::map<std::string_view, int> number;
    for (const Council& council : councils_2026()) {
        const auto region = school_region(council.code, council.province);
        BOOST_TEST_CONTEXT(council.name) BOOST_TEST(!region.empty());
        ++number[region];
    }
    BOOST_TEST(number.size() == 3u);
}

BOOST_AUTO_TEST_CASE(the_province_decides_but_for_exceptions) {
    struct Case {
        const char *name, *region;
    };
    const Case cases[] = {{"Heemstede", "noord"},  {"Utrecht", "midden"},   {"Eemnes", "noord"},
                          {"Apeldoorn", "midden"}, {"Hattem", "noord"},     {"Arnhem", "zuid"},
                          {"Tiel", "midden"},      {"Berg en Dal", "zuid"}, {"Zeewolde", "midden"},
                          {"Almere", "noord"},     {"Altena", "midden"},    {"Breda", "zuid"},
                          {"Maastricht", "zuid"},  {"Goes", "zuid"},        {"Rotterdam", "midden"}};
    for (const Case& each : cases) {
        BOOST_TEST_CONTEXT(each.name) {
            const auto found = std::ranges::find(councils_2026(), each.name, &Council::name);
            BOOST_REQUIRE((found != councils_2026().end()));
            BOOST_TEST(school_region(found->code, found->province) == each.region);
        }
    }
    BOOST_TEST(school_region("GM9999", "").empty());
}
