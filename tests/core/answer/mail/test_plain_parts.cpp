#include "core/answer/mail/plain_parts.hpp"

#include "core/answer/mail/parts.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::answer;
using mail::plain_parts;

namespace {

std::string message(const std::string& headers, const std::string& body) {
    return "MIME-Version: 1.0\n" + headers + "\n" + body;
}

void check_same(const std::string& bytes) {
    BOOST_TEST_CONTEXT(bytes) {
        BOOST_TEST(plain_parts(bytes).has_value());
        Received quick, parsed;
        mail::read_message(bytes, quick);
        mail::read_parts(bytes, parsed);
        BOOST_TEST(quick.text == parsed.text);
        BOOST_TEST(quick.text_from_html == parsed.text_from_html);
        BOOST_TEST(quick.attachments.size() == parsed.attachments.size());
    }
}

const std::string plain_part = "Content-Type: text/plain; charset=utf-8\n\n";
const std::string html_part = "Content-Type: text/html; charset=utf-8\n\n";

std::string multipart(const std::string& subtype, const std::string& body) {
    return message("Content-Type: multipart/" + subtype + "; boundary=\"=_grens.1\"\n", body);
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
    for (const std::string& text : texts) check_same(text);
}

BOOST_AUTO_TEST_CASE(gives_what_the_parser_gives_of_several_texts) {
    const std::string line = "--=_grens.1\n", last = "--=_grens.1--\n";
    const std::string inner = "Content-Type: multipart/alternative;\n boundary=\"grens2\"\n\n--grens2\n" +
                              plain_part + "Dank.\n--grens2\n" + html_part + "<p>Dank</p>\n--grens2--\n";
    for (const std::string& text : {
             multipart("alternative",
                       line + plain_part + "Dank.\n\n" + line + html_part + "<p>Graag</p>\n" + last),
             multipart("alternative", "voorwoord\n" + line + html_part + "<p>Graag</p>\n" + line +
                                          plain_part + "Zie de HTML\n" + last + "nawoord\n"),
             multipart("alternative",
                       line + plain_part + " \n\n" + line + html_part + "<p>Graag</p>" + "\n" + last),
             multipart("alternative", line + plain_part + "\n" + line + html_part + "\n" + last),
             multipart("alternative", line + plain_part + "een\n-- \n--\n--andere\n" + last),
             multipart("alternative",
                       line + html_part + "<p>een</p>\n" + line + html_part + "<p>twee</p>\n" + last),
             multipart("mixed",
                       line + plain_part + "een\n\n" + line + plain_part + "twee\n" + last + line + "rest"),
             multipart("mixed", line + inner + line + plain_part + "onderschrift\n" + last),
             multipart("related", line + inner + "wat volgt\n" + last),
             multipart("mixed", line + "Content-Disposition: inline\nContent-ID: <a@x>\n" + plain_part +
                                    "een\n" + last.substr(0, last.size() - 1)),
             message(
                 "Content-Type: multipart/alternative; type=\"text/html\"; charset=us-ascii; boundary=a-b\n",
                 "--a-b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
                 "RGFu\nay4=\n--a-b\n" +
                     html_part + "<p>x</p>\n--a-b--"),
         })
        check_same(text);
}

BOOST_AUTO_TEST_CASE(leaves_to_the_parser_what_is_not_plainly_made_of_texts) {
    const std::string line = "--=_grens.1\n", last = "--=_grens.1--\n", text = plain_part + "een\n";
    for (const std::string& body :
         {std::string{}, last, line + text, line + text + line, line + last,
          line + text + "--=_grens.10\n" + last, line + text + "--=_grens.1 \n" + last,
          line + text + "--=_grens.1-\n" + last, line + "een\n" + last, line + "\neen\n" + last,
          line + "Content-Type: text/plain\n" + last, line + "Content-Type: image/png\n\nx\n" + last,
          line + "Content-Disposition: attachment\n" + text + last,
          line + "Content-Disposition: inline; filename=a.txt\n" + text + last})
        BOOST_TEST(!plain_parts(multipart("mixed", body)).has_value(), body);
    for (const char* type : {"multipart/report; boundary=x", "multipart/digest; boundary=x",
                             "multipart/mixed", "multipart/mixed; boundary=x; boundary=x",
                             "multipart/mixed; boundary*0=x", "multipart/mixed; boundary=\"x y\"",
                             "multipart/mixed; boundary=x=", "multipart/mixed; boundary=x; report-type=y",
                             "multipart/mixed; boundary=x;"})
        BOOST_TEST(
            !plain_parts("Content-Type: " + std::string{type} + "\n\n--x\n" + text + "--x--\n").has_value(),
            type);
    BOOST_TEST(
        plain_parts("Content-Type: multipart/mixed; boundary=x\n\n--x\n" + text + "--x--\n").has_value());
    // Deeper than any mail program makes them.
    std::string deep = text;
    for (char name = 'a'; name < 'f'; ++name) {
        const std::string boundary(1, name);
        deep = "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n" + deep +
               "--" + boundary + "--\n";
    }
    BOOST_TEST(!plain_parts(deep).has_value());
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
        BOOST_TEST(!plain_parts(message(headers, body)).has_value(), headers);
    // What is no field to one parser ends the headers for another.
    for (const std::string& line : {std::string{"Content-Transfer-Encod\1"} + '\0' + "g: 7bit\n",
                                    std::string{"content-nothing\n"}, std::string{"Content-Language : nl\n"},
                                    std::string{"Content-Language: n\xC3\xAB\n"}, std::string{" \n"}})
        BOOST_TEST(!plain_parts(line + "Content-Type: text/plain\n\n" + body).has_value(), line);
    BOOST_TEST(!plain_parts("Content-Type: text/plain;\n \n charset=utf-8\n\n" + body).has_value());
    BOOST_TEST(!plain_parts("Content-Type: text/plain\n").has_value());
}
