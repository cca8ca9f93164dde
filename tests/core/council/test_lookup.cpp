#include "core/council/lookup.hpp"

#include "core/council/table.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace raadspost;
using Codes = std::vector<std::string>;

namespace {
struct Row {
    std::string text;
    Codes codes;
};
const std::vector<Row> names = {
    {"GM0397", {"GM0397"}},
    {"397", {"GM0397"}},
    {"https://identifier.overheid.nl/tooi/id/gemeente/gm0397", {"GM0397"}},
    {"Heemstede", {"GM0397"}},
    {"HEEMSTEDE", {"GM0397"}},
    {"Gemeente Heemstede", {"GM0397"}},
    {"gemeenteraad van Heemstede", {"GM0397"}},
    {"Gem. Heemstede", {"GM0397"}},
    {"Griffie Heemstede", {"GM0397"}},
    {"Heemstede (gemeente)", {"GM0397"}},
    {"Den Haag", {"GM0518"}},
    {"'s-Gravenhage", {"GM0518"}},
    {"’s-Gravenhage", {"GM0518"}},
    {"s-Gravenhage", {"GM0518"}},
    {"Gemeente 's-Gravenhage", {"GM0518"}},
    {"'s-Hertogenbosch", {"GM0796"}},
    {"Den Bosch", {"GM0796"}},
    {"Hengelo", {"GM0164"}},
    {"Hengelo (O)", {"GM0164"}},
    {"Hengelo O", {"GM0164"}},
    {"Bergen", {"GM0373", "GM0893"}},
    {"Gemeente Bergen", {"GM0373", "GM0893"}},
    {"Bergen (NH)", {"GM0373"}},
    {"Bergen (NH.)", {"GM0373"}},
    {"Bergen NH", {"GM0373"}},
    {"Bergen (L)", {"GM0893"}},
    {"Bergen (L.)", {"GM0893"}},
    {"Bergen op Zoom", {"GM0748"}},
    {"sudwest fryslan", {"GM1900"}},
    {"Súdwest-Fryslân", {"GM1900"}},
    {"Nuenen", {"GM0820"}},
    {"Nuenen, Gerwen en Nederwetten", {"GM0820"}},
    {"GM9999", {}},
    {"Atlantis", {}},
    {"Gemeente", {}},
    {"", {}},
    {"\xFF\xFE", {}},
};
}  // namespace

BOOST_AUTO_TEST_CASE(the_council_that_is_meant_is_found_or_asked_for) {
    const CouncilIndex index{councils_2026()};
    for (const Row& row : names) BOOST_TEST_CONTEXT(row.text)
    BOOST_TEST(index.find(row.text) == row.codes, boost::test_tools::per_element());
    for (const Council& council : councils_2026()) {
        BOOST_TEST(index.find(council.name) == Codes{council.code}, boost::test_tools::per_element());
        BOOST_TEST(index.find("Gemeente " + council.name) == Codes{council.code},
                   boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(a_mailbox_names_its_council_by_its_domain) {
    const CouncilIndex index{councils_2026()};
    const std::vector<Row> rows = {
        {"griffie@heemstede.nl", {"GM0397"}},
        {"Griffie@Raad.Heemstede.NL", {"GM0397"}},
        {"https://www.hilversum.nl/", {"GM0402"}},
        {"griffie@notheemstede.nl", {}},
        {"griffie@nl", {}},
        {"", {}},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.text)
    BOOST_TEST(index.find_by_address(row.text) == row.codes, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_shared_domain_means_all_its_councils) {
    std::vector<Council> councils(2);
    councils[0].code = "GM0002";
    councils[1].code = "GM0001";
    for (Council& council : councils) council.website_domain = "samen.example";
    const Codes both = {"GM0001", "GM0002"};
    BOOST_TEST(CouncilIndex{councils}.find_by_address("griffie@samen.example") == both,
               boost::test_tools::per_element());
}
