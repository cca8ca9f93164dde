#include "core/fold.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace raadspost;

namespace {
struct Row {
    std::string name, folded, sort_key;
};
const std::vector<Row> rows = {
    {"'s-Gravenhage", "s gravenhage", "gravenhage s"},
    {"\xE2\x80\x99s-Hertogenbosch", "s hertogenbosch", "hertogenbosch s"},
    {"Súdwest-Fryslân", "sudwest fryslan", "sudwest fryslan"},
    {"Den Haag", "den haag", "den haag"},
    {"Bergen (NH.)", "bergen nh", "bergen nh"},
    {"Coöperatie", "cooperatie", "cooperatie"},
    {"Sudwest-Frysla\xCC\x82n", "sudwest fryslan", "sudwest fryslan"},
    {"GM0518", "gm0518", "gm0518"},
    {"  Aa   en  Hunze ", "aa en hunze", "aa en hunze"},
    {"bad \xFF\xC3 bytes", "bad bytes", "bad bytes"},
    {"", "", ""},
    {"griffie@heemstede.nl", "griffie heemstede nl", "griffie heemstede nl"},
};
}  // namespace

BOOST_AUTO_TEST_CASE(names_fold_as_people_type_them) {
    for (const Row& row : rows) {
        BOOST_TEST(folded(row.name) == row.folded);
        BOOST_TEST(sort_key(row.name) == row.sort_key);
    }
}

BOOST_AUTO_TEST_CASE(folding_twice_changes_nothing) {
    for (const Row& row : rows) BOOST_TEST(folded(folded(row.name)) == row.folded);
}

BOOST_AUTO_TEST_CASE(one_mailbox_has_one_key) {
    BOOST_TEST(folded_mailbox(" Griffie@Heemstede.NL\r\n") == "griffie@heemstede.nl");
    BOOST_TEST(folded_mailbox("") == "");
}
