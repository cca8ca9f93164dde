#include "core/answer/mail/single_text.hpp"

#include "core/answer/mail/parts.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::answer;
using mail::single_text;

namespace {

std::string message(const std::string& headers, const std::string& body) {
    return "MIME-Version: 1.0\n" + headers + "\n" + body;
}

}  // namespace

BOOST_AUTO_TEST_CASE(gives_what_the_parser_gives) {
    const std::string texts[] = {
        message("Content-Type: text/plain; charset=utf-8\n", "Geachte heer,\n\nDank.\n"),
        message("Content-Type: text/plain\n", "-----BEGIN PGP SIGNED MESSAGE-----\nDank\n"),
        message("Content-Type: TEXT/Plain;\n charset=\"iso-8859-1\"\nContent-Language: nl-NL\n"
                "Content-Transfer-Encoding: Quoted-Printable\n",
                "Een oproep =E9n een zin die =\ndoorloopt.\n"),
        message("Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n",
                "Dit loopt \ndoor.\n-- \nX\n"),
        message("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n",
                "PHA+RGFuayB1PC9wPjxwPmZvdXQ8L3A+\n"),
        message("Content-Type: text/html\n", "<meta charset=windows-1252><p>Dank\x80</p>"),
        message("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
                "RGFu!!ayB1=\n\nrest"),
        message("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
                "=ZZ =4 =\n"),
        message("Content-Type: text/plain; charset=utf-8\n", ""),
        message("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit\n",
                "\nFrom hier\n\n\n"),
    };
    for (const std::string& text : texts) {
        BOOST_TEST(single_text(text).has_value());
        Received quick, parsed;
        mail::read_message(text, quick);
        mail::read_parts(text, parsed);
        BOOST_TEST(quick.text == parsed.text);
        BOOST_TEST(quick.text_from_html == parsed.text_from_html);
        BOOST_TEST(quick.attachments.size() == parsed.attachments.size());
    }
}

BOOST_AUTO_TEST_CASE(leaves_to_the_parser_what_is_not_plainly_a_text) {
    const std::string body = "Dank\n";
    for (const char* headers :
         {"", "Content-Type: multipart/mixed; boundary=x\n", "Content-Type: text/calendar\n",
          "Content-Type: text/plain; name=brief.txt\n",
          "Content-Type: text/plain; charset=utf-8; charset=x\n",
          "Content-Type: text/plain; charset*=utf-8''x\n", "Content-Type: text/plain; charset=\"a\\\"b\"\n",
          "Content-Type: text/plain (a comment)\n", "Content-Type: text/plain;\n",
          "Content-Type: text/plain\nContent-Type: text/html\n",
          "Content-Type: text/plain\nContent-Disposition: attachment\n",
          "Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n",
          "Content-Type: text/plain\nContent-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n"})
        BOOST_TEST(!single_text(message(headers, body)).has_value(), headers);
    // What is no field to one parser ends the headers for another.
    for (const std::string& line : {std::string{"Content-Transfer-Encod\1"} + '\0' + "g: 7bit\n",
                                    std::string{"content-nothing\n"}, std::string{"Content-Language : nl\n"},
                                    std::string{"Content-Language: n\xC3\xAB\n"}, std::string{" \n"}})
        BOOST_TEST(!single_text(line + "Content-Type: text/plain\n\n" + body).has_value(), line);
    BOOST_TEST(!single_text("Content-Type: text/plain;\n \n charset=utf-8\n\n" + body).has_value());
    BOOST_TEST(!single_text("Content-Type: text/plain\n").has_value());
}
