#include "core/answer/read_mail.hpp"

#include "../processor_time.hpp"
#include "core/answer/limits.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace raadspost::answer {
namespace {

// From a buffer of exactly the right size, so that the memory checker sees an overread.
Received read(const std::string& bytes) {
    const auto exact = std::make_unique<char[]>(bytes.size());
    std::memcpy(exact.get(), bytes.data(), bytes.size());
    return read_mail({exact.get(), bytes.size()});
}

std::string multipart(const std::string& type, const std::string& parts) {
    return "From: griffie@laagveen.example\r\nContent-Type: multipart/" + type + "; boundary=\"b\"\r\n\r\n" +
           parts + "--b--\n";
}

}  // namespace

BOOST_AUTO_TEST_CASE(headers_are_decoded_and_addresses_taken_apart) {
    const Received got = read(
        "Return-Path: <Griffie@Laagveen.Example>\r\n"
        "Delivered-To: oproep@kernen.example\r\n"
        "From: =?utf-8?q?Griffie_Laagv=C3=A9=C3=A9n?= <griffie@LAAGVEEN.example>\r\n"
        "To: \"Kernen, bureau\" <oproep@kernen.example>, x@y.example\r\n"
        "Subject: =?iso-8859-1?Q?Gemeente=20Laagv=E9en?=\r\n =?iso-8859-1?Q?=20=80?= en\r\n\tverder\r\n"
        "Date: Mon, 09 Feb 2026 09:00:31 +0100\r\n"
        "Message-ID: <a.1@laagveen.example>\r\n"
        "In-Reply-To: <c@kernen.example>\r\n"
        "References: <a@kernen.example> <b@kernen.example>\r\n\t<c@kernen.example>\r\n"
        "\r\nDag\r\n");
    BOOST_TEST(got.return_path.value() == "Griffie@Laagveen.Example");
    BOOST_TEST(got.from.size() == 1u);
    BOOST_TEST(got.from.at(0).name == "Griffie Laagvéén");
    BOOST_TEST(got.from.at(0).address == "griffie@laagveen.example");
    BOOST_TEST(got.recipients.size() == 3u);
    BOOST_TEST(got.recipients.at(0).name == "Kernen, bureau");
    BOOST_TEST(got.subject == "Gemeente Laagvéen € en verder");
    BOOST_TEST((got.date == std::chrono::sys_days{std::chrono::February / 9 / 2026} +
                                std::chrono::seconds{8 * 3600 + 31}));
    BOOST_TEST(got.utc_offset_minutes == 60);
    BOOST_TEST(got.message_id == "a.1@laagveen.example");
    const std::vector<std::string> ids{"c@kernen.example", "b@kernen.example", "a@kernen.example"};
    BOOST_TEST(got.answers_to == ids, boost::test_tools::per_element());
    BOOST_TEST(got.text == "Dag\n");
    BOOST_TEST(!got.unread.has_value());
}

// An encoded word must not become part of the structure: not another address, not another result.
BOOST_AUTO_TEST_CASE(encoded_words_cannot_pose_as_structure) {
    const Received got = read(
        "From: =?utf-8?q?=3Cgriffie=40laagveen.example=3E?= <iemand@elders.example>\n"
        "Authentication-Results: mx.kernen.example; spf=fail smtp.mailfrom==?utf-8?q?=3B?= dmarc=3Dpass\n\n");
    BOOST_TEST(got.from.size() == 1u);
    BOOST_TEST(got.from.at(0).address == "iemand@elders.example");
    BOOST_TEST(find(got.headers, "authentication-results")->find("=?utf-8?q?=3B?=") != std::string::npos);
}

struct Body {
    const char* name;
    const char* headers;
    const char* body;
    const char* text;
};
std::ostream& operator<<(std::ostream& out, const Body& body) {
    return out << body.name;
}

const Body bodies[] = {
    {"plain", "Content-Type: text/plain; charset=utf-8", "Raadzaal \xC3\xA9\xC3\xA9n", "Raadzaal één"},
    {"no content type", "Subject: x", "Dag", "Dag"},
    {"windows-1252 as iso-8859-1", "Content-Type: text/plain; charset=iso-8859-1",
     "\x93"
     "Dorp\x94 \x80 5",
     "“Dorp” € 5"},
    {"windows-1252 as us-ascii", "Content-Type: text/plain; charset=us-ascii", "co\xF6rdinatie",
     "coördinatie"},
    {"UTF-8 as iso-8859-1", "Content-Type: text/plain; charset=iso-8859-1", "co\xC3\xB6rdinatie",
     "coördinatie"},
    {"no label, Latin-1", "Content-Type: text/plain", "re\xEFntegratie", "reïntegratie"},
    {"unknown label", "Content-Type: text/plain; charset=x-van-ons", "re\xC3\xAFntegratie", "reïntegratie"},
    {"broken UTF-8", "Content-Type: text/plain; charset=utf-8", "\xC3\xA9\xC3\xA9n \xE9\xC3", "één éÃ"},
    {"iso-8859-15", "Content-Type: text/plain; charset=ISO-8859-15", "\xA4 10", "€ 10"},
    {"koi8-r", "Content-Type: text/plain; charset=koi8-r", "\xE4\xC1", "Да"},
    {"utf-16", "Content-Type: text/plain; charset=utf-16le\nContent-Transfer-Encoding: base64", "RABhAGcA",
     "Dag"},
    {"quoted-printable", "Content-Transfer-Encoding: quoted-printable", "ge=\nraakt =3D goed",
     "geraakt = goed"},
    {"base64", "Content-Transfer-Encoding: base64", "RGFn", "Dag"},
    {"controls and NUL", "Subject: x",
     "a\x01"
     "b\x7f"
     "c\tD",
     "abc\tD"},
    {"line ends", "Subject: x", "a\r\nb\rc\nd", "a\nb\nc\nd"},
    {"invisible signs", "Subject: x",
     "ra\xC2\xADven\xE2\x80\x8B \xE2\x80\xAEnovar\xC2\xA0"
     "x",
     "raven novar x"},
    {"flowed", "Content-Type: text/plain; format=flowed", "Dit is een \nzin.\n> oud \n> er\n-- \nJan",
     "Dit is een zin.\n> oud er\n-- \nJan"},
    {"html", "Content-Type: text/html", "<p>Dag&nbsp;raad</p><p>Tot <b>ziens</b></p>",
     "Dag raad\n\nTot ziens"},
    {"html with its own charset", "Content-Type: text/html", "<meta charset=\"iso-8859-15\">\xA4 5", "€ 5"},
};

BOOST_DATA_TEST_CASE(text_is_utf8_whatever_the_label_says, boost::unit_test::data::make(bodies)) {
    const std::string bytes = std::string{sample.headers} + "\n\n" + sample.body + "\n";
    std::string got = read(bytes).text;
    while (got.ends_with('\n')) got.pop_back();
    BOOST_TEST(got == sample.text);
}

BOOST_AUTO_TEST_CASE(nul_octets_vanish) {
    using namespace std::string_literals;
    const Received got = read("Subject: a\0b\n\nc\0d\n"s);
    BOOST_TEST(got.subject == "ab");
    // A form feed is a line end to readers, but no header has two lines.
    BOOST_TEST(*find(read("Received: a\fb\nX: y\fz\n\n").headers, "received") == "a b");
    BOOST_TEST(*find(read("Received: a\fb\nX: y\fz\n\n").headers, "x") == "y z");
    BOOST_TEST(got.text == "cd\n");
}

BOOST_AUTO_TEST_CASE(plain_wins_over_html_unless_it_says_nothing) {
    const std::string html = "--b\nContent-Type: text/html\n\n<p>Uit de HTML</p>\n";
    const auto alternative = [&](const std::string& plain) {
        return read(multipart("alternative", "--b\nContent-Type: text/plain\n\n" + plain + "\n" + html));
    };
    BOOST_TEST(alternative("Uit de tekst").text == "Uit de tekst\n");
    BOOST_TEST(!alternative("Uit de tekst").text_from_html);
    BOOST_TEST(alternative(" \n").text == "Uit de HTML\n");
    BOOST_TEST(alternative(" \n").text_from_html);
    BOOST_TEST(alternative("Dit bericht is alleen in HTML te lezen.").text == "Uit de HTML\n");
}

BOOST_AUTO_TEST_CASE(attachments_are_named_and_measured_tnef_among_them) {
    const Received got = read(multipart(
        "mixed",
        "--b\nContent-Type: text/plain\n\nZie bijlage\n"
        "--b\nContent-Type: application/pdf; name=\"../../etc/Lijst.pdf\"\nContent-Transfer-Encoding: "
        "base64\n\nAAAAAAAA\n"
        "--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: "
        "base64\n\nAAAA\n"
        "--b\nContent-Type: text/plain; name=notulen.txt\nContent-Disposition: attachment\n\ngeheim\n"));
    BOOST_TEST(got.text == "Zie bijlage\n");
    BOOST_TEST(got.attachments.size() == 3u);
    BOOST_TEST(got.attachments.at(0).name == "Lijst.pdf");
    BOOST_TEST(got.attachments.at(0).type == "application/pdf");
    BOOST_TEST(got.attachments.at(0).size == 6u);
    BOOST_TEST(got.attachments.at(1).type == "application/ms-tnef");
    BOOST_TEST(got.attachments.at(2).name == "notulen.txt");
}

BOOST_AUTO_TEST_CASE(an_attached_text_is_read_where_there_is_no_other) {
    const std::string attached =
        "--b\nContent-Type: text/plain; name=melding.txt\nContent-Disposition: attachment\n\nNiet bezorgd\n";
    BOOST_TEST(read(multipart("mixed", attached)).text == "Niet bezorgd\n");
    BOOST_TEST(read(multipart("mixed", "--b\n\nDag\n" + attached)).text == "Dag\n");
    BOOST_TEST(read(multipart("mixed", attached)).attachments.size() == 1u);
}

// The set of malformed messages, where it lies beside the checkout.
BOOST_AUTO_TEST_CASE(every_malformed_message_is_read_within_a_second) {
    const std::filesystem::path folder = std::filesystem::path{RAADSPOST_SHARED_DIR} / "corpora/mime/dev";
    if (!std::filesystem::exists(folder)) {
        BOOST_TEST_MESSAGE("skipped: " << folder << " is not there");
        return;
    }
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        std::ifstream in{entry.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        const double spent = tests::processor_seconds_of([&] { read(bytes); });
        BOOST_TEST(spent < 1.0, entry.path() << " took " << spent << " s");
        ++files;
    }
    BOOST_TEST(files > 0u);
}

BOOST_AUTO_TEST_CASE(bombs_are_turned_away_at_once) {
    const auto repeated = [](const std::string& start, const std::string& piece, std::size_t octets) {
        std::string text = start;
        while (text.size() < octets) text += piece;
        return text;
    };
    constexpr std::size_t octets = 4u << 20;
    std::string nested;
    for (int i = 0; i < 20000; ++i)
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
                  std::to_string(i) + "\n";
    const std::string bombs[] = {
        repeated("Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n", octets),
        repeated("", "Content-Type: message/rfc822\n\n", octets),
        nested,
        repeated("Content-Type: multipart/mixed; boundary=b\n\n", "--\n", octets),
        repeated("From: ", "(", 100000),
        repeated("From: ", ":", 100000),
        repeated("To: ", "a@b.example,", 100000),
        repeated("References: ", "<a@b>", 100000),
        repeated("Subject: ", "=?utf-8?q?a?= ", 100000),
        repeated("Content-Type: text/plain", "; a=b", 100000),
        repeated("Content-Type: text/html\n\n", "<div>", octets),
        repeated("Content-Type: text/html\n\n", "<blockquote type=cite>x", octets),
        repeated(repeated("Content-Type: text/html\n\n", "<b><i>", octets / 2), "</u>", octets),
        repeated("Content-Type: text/html\n\n", "<p title='", octets),
        repeated("Content-Type: text/html\n\n", "&#", octets),
        repeated("Content-Type: text/html\n\n", "<!--", octets),
        repeated("Content-Type: text/plain; charset=iso-2022-jp\n\n", "\x1b$B\xff", octets),
    };
    for (const std::string& bytes : bombs) {
        const double spent = tests::processor_seconds_of([&] { read(bytes); });
        BOOST_TEST(spent < 5.0, bytes.substr(0, 60) << " took " << spent << " s");
    }
}

BOOST_AUTO_TEST_CASE(a_report_is_taken_apart) {
    const Received got = read(multipart(
        "report; report-type=delivery-status",
        "--b\nContent-Type: text/plain\n\nHelaas.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; griffie@laagveen.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1\n  onbekend\n\n"
        "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <onze@kernen.example>\nSubject: Oproep\n"));
    BOOST_TEST(got.report_type == "delivery-status");
    BOOST_TEST(got.text == "Helaas.\n");
    BOOST_TEST(got.delivery_status.size() == 2u);
    BOOST_TEST(*find(got.delivery_status.at(1), "diagnostic-code") == "smtp; 550 5.1.1 onbekend");
    BOOST_TEST(got.returned.size() == 1u);
    BOOST_TEST(got.returned.at(0).message_id == "onze@kernen.example");
    BOOST_TEST(got.returned.at(0).headers_only);
}

BOOST_AUTO_TEST_CASE(a_message_inside_is_a_returned_copy_even_in_base64) {
    const std::string inside =
        "Message-ID: <onze@kernen.example>\nSubject: Oproep\nContent-Type: text/html\n\n<b>Geachte</b> "
        "griffier\n";
    const Received plain =
        read(multipart("mixed", "--b\n\nDag\n--b\nContent-Type: message/rfc822\n\n" + inside));
    BOOST_TEST(plain.text == "Dag\n");
    BOOST_TEST(plain.returned.size() == 1u);
    BOOST_TEST(plain.returned.at(0).message_id == "onze@kernen.example");
    BOOST_TEST(*find(plain.returned.at(0).headers, "subject") == "Oproep");
    BOOST_TEST(plain.returned.at(0).text == "Geachte griffier");
    BOOST_TEST(!plain.returned.at(0).headers_only);
    const Received encoded =
        read(multipart("mixed",
                       "--b\n\nDag\n--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
                       "TWVzc2FnZS1JRDogPG9uemVAa2VybmVuLmV4YW1wbGU+CgpHZWFjaHRlCg==\n"));
    BOOST_TEST(encoded.returned.size() == 1u);
    BOOST_TEST(encoded.returned.at(0).message_id == "onze@kernen.example");
    BOOST_TEST(encoded.returned.at(0).text == "Geachte");
}

BOOST_AUTO_TEST_CASE(what_is_hardly_a_message_is_read_all_the_same) {
    BOOST_TEST(read("").text == "");
    BOOST_TEST(read("\r\n\r\n").text == "");
    BOOST_TEST(read("zomaar een regel\n").text == "zomaar een regel\n");
    BOOST_TEST(read("Subject: a\rFrom: b@c.example\r\rDag\r").subject == "a");
    BOOST_TEST(read("\xEF\xBB\xBF\r\nSubject: a\n\nDag").subject == "a");
    BOOST_TEST(read("From x Mon Jan  1 00:00:00 2026\nSubject: a\n\nDag").subject == "a");
    BOOST_TEST(read("Content-Type: multipart/mixed; boundary=b\n\nDag\n").text == "Dag\n");
    BOOST_TEST(read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nDag").text == "Dag\n");
    BOOST_TEST(read("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\n\nDag\n--b--\r\n").text ==
               "Dag\n");
    BOOST_TEST(read("From: A, B: C <a@b.example>\n\n").from.at(0).address == "a@b.example");
}

BOOST_AUTO_TEST_CASE(beyond_a_limit_the_headers_are_read_and_the_rest_is_not) {
    const std::string start = "Subject: Zwaar\nMessage-ID: <z@z.example>\n";
    std::string parts = start + "Content-Type: multipart/mixed; boundary=b\n\n";
    for (std::size_t i = 0; i <= limits::part_count; ++i) parts += "--b\n\nx\n";
    std::string nested = start;
    for (std::size_t i = 0; i <= limits::nesting_depth; ++i)
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
                  std::to_string(i) + "\n";
    const std::string sizes[] = {
        parts,
        nested,
        start + "X: " + std::string(limits::header_block_bytes, 'x') + "\n\nDag",
        start + "\n" + std::string(limits::message_bytes, 'x'),
        start + "Content-Type: multipart/mixed; boundary=b\n\n--b\nX: " +
            std::string(limits::header_block_bytes, 'x') + "\n\nDag",
        start + "Content-Type: multipart/mixed; boundary*0=\"b\"\n\n" + parts.substr(parts.find("--b\n"))};
    for (const std::string& bytes : sizes) {
        const Received got = read(bytes);
        BOOST_TEST(got.unread.has_value());
        BOOST_TEST(got.subject == "Zwaar");
        BOOST_TEST(got.message_id == "z@z.example");
        BOOST_TEST(got.text == "");
    }
}

}  // namespace raadspost::answer
