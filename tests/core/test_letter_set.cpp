#include "core/letter_set.hpp"

#include <boost/test/unit_test.hpp>

using raadspost::decimal_digits;
using raadspost::LetterSet;

BOOST_AUTO_TEST_CASE(the_first_letter_of_a_set) {
    constexpr LetterSet marks{".;\xE2"};
    static_assert(marks.has('.') && !marks.has(','));
    BOOST_TEST(marks.first_in("a.b;c") == 1u);
    BOOST_TEST(marks.first_in("a.b;c", 2) == 3u);
    BOOST_TEST(marks.first_in("a.b;c", 4) == 5u);
    BOOST_TEST(marks.first_in("") == 0u);
    BOOST_TEST(marks.has('\xE2'));
    BOOST_TEST(decimal_digits.any_in("a9"));
    BOOST_TEST(!decimal_digits.any_in("a"));
    BOOST_TEST(!decimal_digits.any_in(""));
}
