#include "core/post/own_message.hpp"

#include <boost/test/unit_test.hpp>

#include "core/post/compose.hpp"

using namespace raadspost;
using namespace raadspost::post;

BOOST_AUTO_TEST_CASE(what_was_composed_comes_out_again) {
    Mail mail;
    mail.from = {"Dorpen Samen", "post@dorpensamen.example"};
    mail.to = {"Griffie Súdwest-Fryslân", "griffie@sudwest.example"};
    mail.subject = "Een plek in elk dorp van Súdwest-Fryslân";
    mail.date = std::chrono::sys_days{std::chrono::November / 20 / 2026};
    mail.message_id = "a@dorpensamen.example";
    mail.text = "Geachte griffier,\n\nlees \"dit\"\n";
    mail.html =
        "<!DOCTYPE html><html lang=\"nl\"><body><main>\n<p>Geachte griffier, é</p></main></body></html>";
    mail.attachments = {
        {"Brief aan de raad van Súdwest-Fryslân.pdf", "application/pdf", std::string("%PDF\0\n\r\xff", 8)},
        {"los.txt", "text/plain", "los\nbestand"}};
    const auto bytes = compose(mail);
    BOOST_REQUIRE(bytes);
    const auto message = unpack_own_message(*bytes);
    BOOST_REQUIRE(message);
    BOOST_TEST(message->subject == mail.subject);
    BOOST_TEST(message->text.find("lees \"dit\"") != std::string::npos);
    BOOST_TEST(message->html.find("<p>Geachte griffier, é</p>") != std::string::npos);
    BOOST_REQUIRE(message->attachments.size() == 2u);
    BOOST_TEST(message->attachments[0].file_name == "Brief aan de raad van Súdwest-Fryslân.pdf");
    BOOST_TEST(message->attachments[0].media_type == "application/pdf");
    BOOST_TEST(message->attachments[0].bytes == std::string("%PDF\0\n\r\xff", 8));
    BOOST_TEST(message->attachments[1].bytes.find("los") == 0u);
}

BOOST_AUTO_TEST_CASE(bytes_without_a_message_are_no_message) {
    for (const char* bytes : {"", "x", "Subject: x\r\n\r\n", "Content-Type: image/png\r\n\r\nx"})
        BOOST_TEST(unpack_own_message(bytes).problem().id == "message_unreadable");
}
