#include "core/council/address.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace raadspost;

BOOST_AUTO_TEST_CASE(domains_are_taken_out_of_what_people_write) {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"https://www.heemstede.nl/bestuur?x=1", "heemstede.nl"},
        {"HTTP://WWW.Heemstede.NL", "heemstede.nl"},
        {"www.heemstede.nl", "heemstede.nl"},
        {"heemstede.nl:8443/", "heemstede.nl"},
        {"Gemeente@Heemstede.nl", "heemstede.nl"},
        {"https://someone@heemstede.nl/", "heemstede.nl"},
        {"heemstede", ""},
        {"", ""},
        {"https://", ""},
        {"a..b", ""},
        {"-a.nl", ""},
        {"a.nl\r\nBcc: x", ""},
    };
    for (const auto& [text, domain] : rows) BOOST_TEST_CONTEXT(text) BOOST_TEST(domain_of(text) == domain);
}

BOOST_AUTO_TEST_CASE(mailboxes_are_checked_before_anything_is_sent_to_them) {
    for (const char* right :
         {"griffie@heemstede.example", "raads.griffie+post@a-b.example", "o'brien@x.example"})
        BOOST_TEST_CONTEXT(right) BOOST_TEST(is_mailbox(right));
    for (const char* wrong :
         {"", "@x.example", "a@", "a@b", "a b@x.example", "a@x.example\n", "a\r\n@x.example", ".a@x.example",
          "a.@x.example", "a..b@x.example", "a@x..example", "<a@x.example>", "a@@x.example",
          "a@x.example,b@x.example", "a@[127.0.0.1]"})
        BOOST_TEST_CONTEXT(wrong) BOOST_TEST(!is_mailbox(wrong));
    BOOST_TEST(!is_mailbox(std::string("a\0b@x.example", 13)));
    BOOST_TEST(!is_mailbox(std::string(65, 'a') + "@x.example"));
}

BOOST_AUTO_TEST_CASE(a_griffie_mailbox_is_proposed_from_the_website) {
    BOOST_TEST(proposed_griffie_mailbox("https://www.heemstede.nl/") == "griffie@heemstede.nl");
    BOOST_TEST(proposed_griffie_mailbox("gemeente.groningen.nl") == "griffie@groningen.nl");
    BOOST_TEST(proposed_griffie_mailbox("no domain") == "");
    const std::vector<std::string> all = {"griffie@a.nl", "raadsgriffie@a.nl", "griffier@a.nl"};
    BOOST_TEST(proposed_griffie_mailboxes("a.nl") == all, boost::test_tools::per_element());
    for (const auto& mailbox : all) BOOST_TEST(is_mailbox(mailbox));
}

BOOST_AUTO_TEST_CASE(postcodes_have_one_spelling) {
    for (const char* text : {"2101 HA", "2101HA", "2101ha", " 2101  h a "})
        BOOST_TEST(postcode_of(text) == "2101 HA");
    for (const char* wrong : {"", "2101", "0101 HA", "2101 H1", "HA 2101", "2101 HAA", "21010 HA"})
        BOOST_TEST_CONTEXT(wrong) BOOST_TEST(postcode_of(wrong) == "");
}
