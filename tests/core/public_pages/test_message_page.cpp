#include "core/public_pages/message_page.hpp"

#include <boost/test/unit_test.hpp>

#include "core/appeal/message.hpp"

using namespace raadspost;
using namespace raadspost::public_pages;

namespace {

const MessageFacts facts{.house = {"Dorpen & Samen", ""},
                         .postal_address = "Kerkplein 1, 8600 AA Sneek",
                         .sender_address = "post@dorpensamen.example",
                         .address_source = "opgave van de griffie",
                         .subject = "Een plek in elk dorp",
                         .reference = "R1-GM1900",
                         .sent_on = std::chrono::year{2026} / 3 / 2,
                         .council_names = "Súdwest-Fryslân",
                         .web_version_link = "",
                         .answer_link = "",
                         .unsubscribe_link = "",
                         .councils = {}};

}  // namespace

BOOST_AUTO_TEST_CASE(the_mail_is_shown_in_our_own_layout) {
    const std::string html =
        appeal::message_html("Een plek <in> elk dorp",
                             "# Kop\n\nMet \"style=\"dit\"\" & **vet** <script>x</script>\n\n- een\n- twee\n",
                             {.association = "Dorpen",
                              .colour = "#123456",
                              .council = "Súdwest-Fryslân",
                              .sender_address = "",
                              .recipient = "",
                              .address_source = "",
                              .postal_address = "",
                              .reference = "",
                              .answer_link = "https://post.example/raadspost/antwoord/x",
                              .web_version_link = "",
                              .unsubscribe_link = ""});
    const std::string words = words_of_mail(html);
    BOOST_TEST(words.find("style=\"") == std::string::npos);
    BOOST_TEST(words.find("<h1>Een plek &lt;in&gt; elk dorp</h1>") != std::string::npos);
    BOOST_TEST(words.find("<strong>vet</strong>") != std::string::npos);
    BOOST_TEST(words.find("<script") == std::string::npos);
    BOOST_TEST(words.find("class=\"button\"") != std::string::npos);
    const std::string page =
        message_page(facts, html, "", {{"https://x.example/1", "Brief <aan> de raad.pdf", 35'000}});
    BOOST_TEST(page.find("Brief &lt;aan&gt; de raad.pdf</a> (34 kB)") != std::string::npos);
    BOOST_TEST(page.find("2 maart 2026") != std::string::npos);
    BOOST_TEST(page.find("Dorpen &amp; Samen") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(mail_of_another_make_is_shown_as_plain_text) {
    for (const char* html : {"", "<p>x</p>", "</main><main>\n", "<main>\n<p style=\"never closed</p></main>"})
        BOOST_TEST(words_of_mail(html) == "", html);
    const std::string page = message_page(facts, "<b>x</b>", "regel <een>\nregel twee", {});
    BOOST_TEST(page.find("regel &lt;een&gt;<br>\nregel twee") != std::string::npos);
    BOOST_TEST(page.find("<b>x</b>") == std::string::npos);
}
