#include "core/public_pages/allowance.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::public_pages;
using namespace std::chrono_literals;

namespace {
const Allowances::Clock::time_point start{};
}

BOOST_AUTO_TEST_CASE(a_burst_and_then_what_is_regained) {
    Allowances allowances{{3, 0.5}};
    for (int n = 0; n < 3; ++n) BOOST_TEST(allowances.take("a", start));
    BOOST_TEST(!allowances.take("a", start));
    BOOST_TEST(allowances.take("b", start));  // somebody else is not concerned
    BOOST_TEST(!allowances.take("a", start + 1s));
    BOOST_TEST(allowances.take("a", start + 3s));
    BOOST_TEST(!allowances.take("a", start + 3s));
    for (int n = 0; n < 3; ++n) BOOST_TEST(allowances.take("a", start + 1h));
    BOOST_TEST(!allowances.take("a", start + 1h));
    BOOST_TEST(!allowances.take("a", start));  // a clock that goes back gives nothing
}

BOOST_AUTO_TEST_CASE(memory_is_bounded_and_the_longest_silent_is_forgotten) {
    Allowances allowances{{1, 0}, 2};
    BOOST_TEST(allowances.take("a", start));
    BOOST_TEST(allowances.take("b", start));
    BOOST_TEST(!allowances.take("a", start));
    BOOST_TEST(allowances.take("c", start));  // b goes
    BOOST_TEST(allowances.remembered() == 2u);
    BOOST_TEST(!allowances.take("a", start));
    BOOST_TEST(allowances.take("b", start));
}

BOOST_AUTO_TEST_CASE(an_ipv6_network_is_one_asker) {
    BOOST_TEST(asker_of("192.0.2.1") == "192.0.2.1");
    BOOST_TEST(asker_of("2001:db8:1:2::1") == asker_of("2001:DB8:1:2:ffff::9"));
    BOOST_TEST(asker_of("2001:db8:1:2::1") != asker_of("2001:db8:1:3::1"));
    BOOST_TEST(asker_of("::ffff:192.0.2.1") != asker_of("::ffff:192.0.2.2"));
    BOOST_TEST(asker_of(std::string(5000, 'x')).size() < 100u);
}
