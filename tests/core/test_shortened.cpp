#include "core/shortened.hpp"

#include <boost/test/unit_test.hpp>

using raadspost::shortened;

BOOST_AUTO_TEST_CASE(a_beginning_has_no_half_characters) {
    BOOST_TEST(shortened("raad", 10) == "raad");
    BOOST_TEST(shortened("raad", 4) == "raad");
    BOOST_TEST(shortened("raad", 2) == "ra");
    BOOST_TEST(shortened("Súdwest", 2) == "S");
    BOOST_TEST(shortened("Súdwest", 3) == "Sú");
    BOOST_TEST(shortened("€€", 5) == "€");
    BOOST_TEST(shortened("€", 2) == "");
    BOOST_TEST(shortened("", 0) == "");
}
