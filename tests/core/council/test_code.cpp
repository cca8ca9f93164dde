#include "core/council/code.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace raadspost;

namespace {
struct Row {
    std::string what, text, code;  // code empty: none
};
const std::vector<Row> spellings = {
    {"CBS", "GM0397", "GM0397"},
    {"lower case", "gm0397", "GM0397"},
    {"padded", " GM0397\r\n", "GM0397"},
    {"digits", "0397", "GM0397"},
    {"a spreadsheet ate the zero", "397", "GM0397"},
    {"ICTU", "00397", "GM0397"},
    {"TOOI", "https://identifier.overheid.nl/tooi/id/gemeente/gm0397", "GM0397"},
    {"TOOI, http", "http://identifier.overheid.nl/tooi/id/gemeente/gm0397", "GM0397"},
    {"TOOI of a province", "https://identifier.overheid.nl/tooi/id/provincie/pv27", ""},
    {"TOOI, code cut", "https://identifier.overheid.nl/tooi/id/gemeente/gm03", ""},
    {"five digits", "10397", ""},
    {"GM and three digits", "GM397", ""},
    {"GM alone", "GM", ""},
    {"zero", "0000", ""},
    {"letters", "GM03a7", ""},
    {"name", "Heemstede", ""},
    {"empty", "", ""},
    {"blank", " \t", ""},
};
}  // namespace

BOOST_AUTO_TEST_CASE(council_codes_are_read_in_every_spelling) {
    for (const Row& row : spellings)
        BOOST_TEST_CONTEXT(row.what) BOOST_TEST(council_code(row.text).value_or("") == row.code);
    BOOST_TEST(is_council_code("GM0397"));
    for (const char* wrong : {"gm0397", "GM039", "GM03977", "GM0000", "0397", ""})
        BOOST_TEST(!is_council_code(wrong));
    BOOST_TEST(tooi_uri("GM0397") == "https://identifier.overheid.nl/tooi/id/gemeente/gm0397");
    BOOST_TEST(council_code(tooi_uri("GM1696")).value_or("") == "GM1696");
}

BOOST_AUTO_TEST_CASE(provinces_are_found_by_each_of_their_names) {
    BOOST_TEST(provinces().size() == 12u);
    const std::vector<std::pair<std::string, std::string_view>> rows = {
        {"NH", "NL-NH"},
        {"NL-NH", "NL-NH"},
        {"PV27", "NL-NH"},
        {"pv27", "NL-NH"},
        {"noord-holland", "NL-NH"},
        {"Noord Holland", "NL-NH"},
        {"GD", "NL-GE"},
        {"GE", "NL-GE"},
        {"LB", "NL-LI"},
        {"LI", "NL-LI"},
        {"ZL", "NL-ZE"},
        {"Friesland", "NL-FR"},
        {"Fryslan", "NL-FR"},
        {"Provincie Utrecht", "NL-UT"},
        {"https://identifier.overheid.nl/tooi/id/provincie/pv27", "NL-NH"},
    };
    for (const auto& [text, iso] : rows) {
        const Province* province = find_province(text);
        BOOST_REQUIRE_MESSAGE(province != nullptr, text);
        BOOST_TEST(province->iso == iso);
    }
    for (const char* wrong : {"", " ", "XX", "PV99", "NL", "Holland", "GM0397"})
        BOOST_TEST(find_province(wrong) == nullptr);
}
