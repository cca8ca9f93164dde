#include "core/answer/mail/plain_date.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::answer;
using mail::plain_date;

BOOST_AUTO_TEST_CASE(gives_what_the_parser_gives) {
    for (const char* text : {"Tue, 10 Feb 2026 09:31:10 +0100", "1 Mar 2026 00:00:00 +0000",
                             "Sun, 1 Mar 2026 23:59:59 -0930", "Mon, 29 Feb 2024 12:00:00 +1300",
                             "Mon, 10 Feb 2026 09:31:10 +0530", "31 Dec 1999 23:59:59 -0100"}) {
        const auto quick = plain_date(text), parsed = mail::parsed_date(text);
        BOOST_REQUIRE_MESSAGE(quick && parsed, text);
        BOOST_TEST((quick->time == parsed->time), text);
        BOOST_TEST(quick->utc_offset_minutes == parsed->utc_offset_minutes, text);
    }
}

BOOST_AUTO_TEST_CASE(leaves_other_forms_to_the_parser) {
    for (const char* text : {"", "Tue", "Tue, ", "Tue, 10 Feb 2026", "Tue, 10 Feb 2026 09:31 +0100",
                             "di, 10 feb 2026 09:31:10 +0100", "Tue, 10 Feb 26 09:31:10 +0100",
                             "Tue, 10 Feb 2026 09:31:10 +0100 (CET)", "Tue, 10 Feb 2026 09:31:10 GMT",
                             "Tue, 10 Feb 2026 09:31:10 -0000", "Tue, 30 Feb 2026 09:31:10 +0100",
                             "Tue, 10 Feb 2026 24:31:10 +0100", "Tue, 10 Feb 2026 09:31:60 +0100",
                             "Tue, 10  Feb 2026 09:31:10 +0100", "Tue, 10 Feb 2026 09:31:10 +1500",
                             "Tue, 10 Feb 2026 09:31:10 +0160", "Tue, 10 Feb 1960 09:31:10 +0100",
                             "Tue 10 Feb 2026 09:31:10 +0100"})
        BOOST_TEST(!plain_date(text).has_value(), text);
}
