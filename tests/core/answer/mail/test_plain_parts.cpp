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
        BOOST_TEST(quick.report_type == parsed.report_type);
        BOOST_CHECK(quick.delivery_status == parsed.delivery_status);
        BOOST_CHECK(quick.report_fields == parsed.report_fields);
        BOOST_CHECK(quick.returned == parsed.returned);
        BOOST_CHECK(quick.attachments == parsed.attachments);
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
        message("", "Dank\n"),
        message("Content-Type: text/plain; charset=utf-8;\n", "Dank\n"),
        message("Content-Type: text/plain; name=brief.txt\n", "Dank\n"),
        message("Content-Type: text/plain\nContent-Disposition: attachment\n", "Dank\n"),
        message("Content-Type: text/calendar\n", "Dank\n"),
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

BOOST_AUTO_TEST_CASE(gives_what_the_parser_gives_of_reports_and_attachments) {
    const std::string line = "--=_grens.1\n", last = "--=_grens.1--\n";
    const std::string said = line + "\nHelaas.\n";
    const std::string groups = line +
                               "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
                               "Final-Recipient: rfc822; griffie@laagveen.example\nAction: failed\n"
                               "Diagnostic-Code: smtp; 550\n  onbekend\n\n";
    const std::string headers =
        "Received: from a\n\tby b;\n Mon\nMessage-ID: <onze@kernen.example>\nSubject: Oproep\n";
    const std::string attachment =
        "Content-Type: application/pdf; name=\"brief (2).pdf\"\n"
        "Content-Disposition: attachment; size=6;\n\tfilename=\"map/brief (2).pdf\"\n"
        "Content-Transfer-Encoding: base64\n\n";
    const std::string copy = line + "Content-Type: message/rfc822\n\n" + headers;
    for (const std::string& text :
         {multipart("report; report-type=Delivery-Status",
                    said + groups + line + "Content-Type: text/rfc822-headers\n\n" + headers + last),
          multipart("report; report-type=delivery-status", said + groups + copy + "\nGeachte\n" + last),
          multipart("report", said + groups + copy + last), multipart("report", said + groups + copy),
          multipart("report", said + copy + plain_part + "Geachte\n" + last),
          multipart("report", said + copy + html_part + "<p>Geachte</p>\n" + last),
          multipart("report", said + copy + "Content-Type: multipart/mixed; boundary=\"b?(1)\"\n\n--b?(1)\n" +
                                  plain_part + "Geachte\n--b?(1)\n" + attachment + "JVBERi0x\n--b?(1)--\n" +
                                  last),
          multipart("mixed",
                    said + line + "Content-Type: message/rfc822\nContent-Transfer-Encoding: binary\n\n" +
                        headers + "Content-Type: message/rfc822\n\n" + headers + "\nbinnenin\n" + last),
          multipart("report; report-type=disposition-notification",
                    said + line +
                        "Content-Type: message/disposition-notification\n\nDisposition: a/b; displayed\n" +
                        last),
          multipart("mixed", said + line + attachment + "JVBERi0x\n" + last),
          multipart("mixed", said + line + attachment + "JVBERi0=\n" + last),
          multipart("mixed", said + line + attachment + "JVBE\nRi0xLg==\n\n" + last),
          multipart("mixed", said + line + attachment + "JVB ERi\n=x!\n" + last),
          multipart("mixed", said + line + "Content-Type: image/png\n\nx\n" + last),
          multipart("mixed", said + line + "Content-Type: text/calendar; name=a.ics\n\nBEGIN\n" + last),
          multipart("mixed", line + "Content-Disposition: attachment\n" + plain_part + "een\n" + last),
          multipart("mixed",
                    line + "Content-Disposition: inline; filename=a.txt\n" + plain_part + "een\n" + last),
          multipart("mixed", "\n" + said + last), multipart("mixed", said + line + "\n\n")})
        check_same(text);
}

BOOST_AUTO_TEST_CASE(leaves_to_the_parser_what_is_not_plainly_made_of_texts) {
    const std::string line = "--=_grens.1\n", last = "--=_grens.1--\n", text = plain_part + "een\n";
    for (const std::string& body :
         {std::string{}, last, line + text + line, line + last, line + text + "--=_grens.10\n" + last,
          line + text + "--=_grens.1 \n" + last, line + text + "--=_grens.1-\n" + last, line + "een\n" + last,
          line + "Content-Type: message/rfc822\n\n" + last,
          line + "Content-Type: message/rfc822\n\n\nzonder kop\n" + last,
          line + "Content-Type: message/rfc822\n\nFrom hier\nSubject: x\n\n" + last,
          line + "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nRGFn\n" + last,
          line + "Content-Type: message/partial\n\nx\n" + last,
          line + "Content-Disposition: form-data\n" + text + last,
          line + "Content-Disposition: attachment; filename*=utf-8''a\n" + text + last,
          line + "Content-Disposition: attachment; filename=\"=?utf-8?q?a?=\"\n" + text + last})
        BOOST_TEST(!plain_parts(multipart("mixed", body)).has_value(), body);
    for (const char* type : {"multipart/signed; boundary=x", "multipart/digest; boundary=x",
                             "multipart/mixed", "multipart/mixed; boundary=x; boundary=x",
                             "multipart/mixed; boundary*0=x", "multipart/mixed; boundary=\"x y\"",
                             "multipart/mixed; boundary=x=", "multipart/mixed; boundary=x;;charset=y"})
        BOOST_TEST(
            !plain_parts("Content-Type: " + std::string{type} + "\n\n--x\n" + text + "--x--\n").has_value(),
            type);
    BOOST_TEST(
        plain_parts("Content-Type: multipart/mixed; boundary=x\n\n--x\n" + text + "--x--\n").has_value());
    // Deeper than any mail program makes them.
    std::string deep = text;
    for (char name = 'a'; name < 'k'; ++name) {
        const std::string boundary(1, name);
        deep = "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n" + deep +
               "--" + boundary + "--\n";
    }
    BOOST_TEST(!plain_parts(deep).has_value());
}

BOOST_AUTO_TEST_CASE(leaves_to_the_parser_what_is_not_plainly_a_text) {
    const std::string body = "Dank\n";
    for (const char* headers :
         {"Content-Type: multipart/mixed; boundary=x\n", "Content-Type: text\n", "Content-Type:\n",
          "Content-Type: text/plain; charset=utf-8; charset=x\n",
          "Content-Type: text/plain; charset*=utf-8''x\n", "Content-Type: text/plain; charset=\"a\\\"b\"\n",
          "Content-Type: text/plain (a comment)\n", "Content-Type: text/plain\nContent-Type: text/html\n",
          "Content-Type: text/plain\nContent-Transfer-Encoding: x-uuencode\n",
          "Content-Type: text/plain\nContent-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n"})
        BOOST_TEST(!plain_parts(message(headers, body)).has_value(), headers);
    // What is no field to one parser ends the headers for another.
    for (const std::string& line : {std::string{"Content-Transfer-Encod\1"} + '\0' + "g: 7bit\n",
                                    std::string{"content-nothing\n"}, std::string{"Content-Language : nl\n"},
                                    std::string{"Content-Language: n\xC3\xAB\n"}, std::string{" \n"}})
        BOOST_TEST(!plain_parts(line + "Content-Type: text/plain\n\n" + body).has_value(), line);
    BOOST_TEST(!plain_parts("Content-Type: text/plain;\n \n charset=utf-8\n\n" + body).has_value());
}
