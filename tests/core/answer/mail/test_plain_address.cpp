#include "core/answer/mail/plain_address.hpp"

#include "core/answer/mail/fields.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::answer;
using mail::plain_address;

BOOST_AUTO_TEST_CASE(gives_what_gmime_gives) {
    for (const std::string value :
         {"griffie@goes.example", "<griffie@goes.example>", "Griffie Goes <Griffie@Goes.Example>",
          "j.de-vries+raad_1@post.goes.example", "Team 3 <a@b>", "A-B C <x@1.example>",
          "\"Griffie\" <a@b.example>", "\"Vries, J. de (Griffie & Raad)\" <a@b.example>",
          "\"a@b.example\" <a@b.example>", "MAILER-DAEMON@mx.example (Mail Delivery System)"}) {
        const auto plain = plain_address(value);
        BOOST_REQUIRE_MESSAGE(plain.has_value(), value);
        const std::vector<Address> quick = mail::addresses({{"from", value}}, "from"),
                                   parsed = mail::parsed_addresses(value);
        BOOST_REQUIRE_EQUAL(quick.size(), 1u);
        BOOST_REQUIRE_EQUAL(parsed.size(), 1u);
        BOOST_TEST(quick[0].name == parsed[0].name);
        BOOST_TEST(quick[0].address == parsed[0].address);
    }
}

BOOST_AUTO_TEST_CASE(leaves_the_rest_to_gmime) {
    for (const char* value : {"",
                              "<>",
                              "griffie",
                              "@goes.example",
                              "griffie@",
                              "a@b, c@d",
                              "\"Griffie\\\"\" <a@b.example>",
                              "\"=?utf-8?q?a?=\" <a@b.example>",
                              "\"Griffie  Goes\" <a@b.example>",
                              "\"\" <a@b.example>",
                              "a@b.example (Griffie (Goes))",
                              "Griffie (Goes) <a@b.example>",
                              "=?utf-8?q?Griffie?= <a@b.example>",
                              "Griffie:a@b.example;",
                              "a..b@c.example",
                              ".a@b.example",
                              "a@b.example.",
                              "a@-b.example",
                              "a@xn--b.example",
                              "J. de Vries <a@b.example>",
                              "Griffie  Goes <a@b.example>",
                              "Griffie<a@b.example>",
                              "Griffie <a@b.example> ",
                              "<a@b.example> Griffie",
                              "<<a@b.example>",
                              "a@b.example>",
                              ">",
                              "Raadsgriffie S\xC3\xBA <a@b.example>"})
        BOOST_TEST(!plain_address(value).has_value(), value);
}
