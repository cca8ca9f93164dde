#include "core/post/compose.hpp"

#include <gmime/gmime.h>
#include <openssl/sha.h>
#include <rapidcheck.h>

#include <unistd.h>
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "core/post/readable.hpp"

using namespace raadspost;
using namespace raadspost::post;

namespace {

const std::string pdf = [] {
    std::string bytes = "%PDF-1.5\n";
    for (int i = 0; i < 40'000; ++i) bytes += static_cast<char>(i * 31 % 256);
    return bytes;
}();

Mail sample() {
    Mail mail;
    mail.from = {"Landelijke Vereniging, afd. \"Súdwest\"", "post@lvkk.example"};
    mail.sender = {"", "crm@lvkk.example"};
    mail.reply_to = {"Antwoorden", "reply+abc@lvkk.example"};
    mail.to = {"Griffie gemeente Súdwest-Fryslân", "griffie@sudwest.example"};
    mail.subject =
        "Oproep aan de raad: ontmoetingsplekken in Súdwest-Fryslân en de kernen daaromheen, kenmerk "
        "LV-2026-0812 (é, ĳ, €)";
    mail.date = std::chrono::sys_days{std::chrono::November / 20 / 2026} + std::chrono::hours{9};
    mail.message_id = "d812.k3vq0a2m@lvkk.example";
    mail.in_reply_to = "d700.aaaa@lvkk.example";
    mail.references = {"d600.bbbb@lvkk.example", "d700.aaaa@lvkk.example"};
    mail.unsubscribe_url = "https://post.lvkk.example/u/" + std::string(90, 'a');
    mail.unsubscribe_address = "unsubscribe@lvkk.example";
    mail.text = "Geachte griffier,\n\nWilt u deze oproep aan de raad doorgeven?\n.\nFrom hier\n" +
                std::string(300, 'x') + "\nMet groet =20 é\n";
    mail.html = "<!DOCTYPE html><html lang=\"nl\"><body><p>Geachte griffier, é " + std::string(2000, 'y') +
                "</p></body></html>";
    mail.attachments = {{"Brief aan de raad van Súdwest-Fryslân.pdf", "application/pdf", pdf},
                        {"bijlage.txt", "text/plain", "los\nbestand"}};
    return mail;
}

std::string composed(const Mail& mail) {
    auto bytes = compose(mail);
    BOOST_REQUIRE_MESSAGE(static_cast<bool>(bytes), (bytes ? std::string{} : bytes.problem().text));
    return *bytes;
}

// The rules of the wire, for any message at all. Empty, or what is wrong.
std::string wire_fault(const std::string& bytes) {
    if (!bytes.ends_with("\r\n")) return "no CRLF at the end";
    std::size_t from = 0;
    while (from < bytes.size()) {
        const std::size_t end = bytes.find('\n', from);
        if (end == std::string::npos || end == from || bytes[end - 1] != '\r') return "a bare LF";
        const std::string_view line{bytes.data() + from, end - 1 - from};
        if (line.size() > 998) return "a line of " + std::to_string(line.size());
        for (const char letter : line)
            if (letter == '\r' || letter == '\0' || static_cast<unsigned char>(letter) >= 0x80)
                return "a byte that is not 7-bit text";
        from = end + 1;
    }
    return {};
}

// Names of the top header block with how often they occur, lower case.
std::map<std::string, int> header_names(const std::string& bytes) {
    std::map<std::string, int> names;
    std::size_t from = 0;
    while (from < bytes.size() && bytes.compare(from, 2, "\r\n") != 0) {
        const std::size_t end = bytes.find("\r\n", from);
        if (bytes[from] != ' ' && bytes[from] != '\t') {
            std::string name = bytes.substr(from, bytes.find(':', from) - from);
            for (char& letter : name)
                letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
            ++names[name];
        }
        from = end + 2;
    }
    return names;
}

std::string digest(const std::string& bytes) {
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sum);
    std::string text;
    for (const unsigned char byte : sum) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

std::string read_by_python(const std::string& bytes) {
    const auto file =
        std::filesystem::temp_directory_path() / ("raadspost-compose-" + std::to_string(::getpid()) + ".eml");
    std::ofstream{file, std::ios::binary} << bytes;
    const std::string command =
        "/usr/bin/python3 " RAADSPOST_SOURCE_DIR "/tests/core/post/read_mail.py < " + file.string();
    std::FILE* pipe = ::popen(command.c_str(), "r");
    BOOST_REQUIRE(pipe != nullptr);
    std::string said;
    char room[4096];
    for (std::size_t got; (got = std::fread(room, 1, sizeof room, pipe)) > 0;) said.append(room, got);
    BOOST_REQUIRE(::pclose(pipe) == 0);
    std::filesystem::remove(file);
    return said;
}

std::string crlf(const std::string& text) {
    std::string result;
    for (const char letter : text) result += letter == '\n' ? std::string{"\r\n"} : std::string{letter};
    return result;
}

}  // namespace

BOOST_AUTO_TEST_CASE(python_reads_what_was_meant) {
    const Mail mail = sample();
    const std::string said = read_by_python(composed(mail));
    const auto has = [&](const std::string& line) {
        BOOST_TEST((said.find(line + "\n") != std::string::npos), "lacks: " << line << "\nsaid:\n" << said);
    };
    has("From: \"Landelijke Vereniging, afd. \\\"Súdwest\\\"\" <post@lvkk.example>");
    has("Sender: crm@lvkk.example");
    has("Reply-To: Antwoorden <reply+abc@lvkk.example>");
    has("To: Griffie gemeente Súdwest-Fryslân <griffie@sudwest.example>");
    has("Subject: " + mail.subject);
    has("Date: Fri, 20 Nov 2026 09:00:00 +0000");
    has("Message-ID: <d812.k3vq0a2m@lvkk.example>");
    has("In-Reply-To: <d700.aaaa@lvkk.example>");
    has("References: <d600.bbbb@lvkk.example> <d700.aaaa@lvkk.example>");
    has("List-Unsubscribe: <" + mail.unsubscribe_url + ">, <mailto:unsubscribe@lvkk.example>");
    has("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    has("Content-Language: nl");
    has("MIME-Version: 1.0");
    has("part: text/plain quoted-printable utf-8 None None " + digest(crlf(mail.text)));
    has("part: text/html quoted-printable utf-8 None None " + digest(crlf(mail.html + "\n")));
    has("part: application/pdf base64 None attachment Brief aan de raad van Súdwest-Fryslân.pdf " +
        digest(pdf));
    has("part: text/plain base64 None attachment bijlage.txt " + digest("los\nbestand"));
    BOOST_TEST(said.find("defect") == std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(gmime_reads_what_was_meant) {
    const Mail mail = sample();
    const auto read = read_readable(composed(mail));
    BOOST_REQUIRE(read);
    BOOST_TEST(read->subject == mail.subject);
    BOOST_TEST(read->text == mail.text);
    BOOST_TEST(read->message_id == mail.message_id);
    BOOST_REQUIRE(read->parts.size() == 4u);
    BOOST_TEST(read->parts[2].file_name == mail.attachments[0].file_name());
    BOOST_TEST(read->parts[2].bytes == pdf.size());
}

BOOST_AUTO_TEST_CASE(the_wire_rules_hold_and_lines_are_short) {
    const std::string bytes = composed(sample());
    BOOST_TEST(wire_fault(bytes) == "");
    std::size_t longest = 0;
    for (std::size_t from = 0, end; (end = bytes.find("\r\n", from)) != std::string::npos; from = end + 2) {
        const std::string line = bytes.substr(from, end - from);
        if (line.find("https://") == std::string::npos) longest = std::max(longest, line.size());
    }
    BOOST_TEST(longest <= 78u);
}

BOOST_AUTO_TEST_CASE(no_header_suppresses_an_answer) {
    const auto names = header_names(composed(sample()));
    for (const char* name :
         {"auto-submitted", "precedence", "x-auto-response-suppress", "bcc", "cc", "return-path"})
        BOOST_TEST(!names.contains(name), name);
    for (const char* name :
         {"from", "sender", "reply-to", "to", "subject", "date", "message-id", "mime-version", "content-type",
          "content-language", "list-unsubscribe", "list-unsubscribe-post"})
        BOOST_TEST((names.contains(name) && names.at(name) == 1), name);
}

BOOST_AUTO_TEST_CASE(the_same_mail_gives_the_same_bytes) {
    BOOST_TEST((composed(sample()) == composed(sample())));
    Mail other = sample();
    other.message_id = "d813.k3vq0a2m@lvkk.example";
    BOOST_TEST((composed(other) != composed(sample())));
}

BOOST_AUTO_TEST_CASE(the_simplest_mail_is_plain_text) {
    Mail mail;
    mail.from = {"", "a@b.example"};
    mail.to = {"", "c@d.example"};
    mail.subject = "Hallo";
    mail.message_id = "x@b.example";
    mail.text = "Dag.";
    const std::string bytes = composed(mail);
    BOOST_TEST(wire_fault(bytes) == "");
    BOOST_TEST(bytes.find("multipart") == std::string::npos);
    BOOST_TEST(read_readable(bytes)->text == "Dag.\n");
    mail.text.clear();
    BOOST_TEST(wire_fault(composed(mail)) == "");
}

BOOST_AUTO_TEST_CASE(attachments_are_shared_not_copied) {
    const Attachment first{"a.pdf", "application/pdf", pdf};
    const Attachment second = first;
    BOOST_TEST((&first.base64() == &second.base64()));
    BOOST_TEST(Attachment("leeg.txt", "text/plain", "").base64() == "");
}

BOOST_AUTO_TEST_CASE(unsafe_values_name_their_header) {
    struct Row {
        std::string header, id;
        std::function<void(Mail&)> spoil;
    };
    using namespace std::string_literals;
    const std::vector<Row> rows = {
        {"Subject", "mail_header_unsafe", [](Mail& m) { m.subject = "x\r\nBcc: y@z.example"; }},
        {"Subject", "mail_header_unsafe", [](Mail& m) { m.subject = "x\0y"s; }},
        {"Subject", "mail_header_unsafe", [](Mail& m) { m.subject = "x\xE2\x80\xA8y"; }},
        {"Subject", "mail_header_unsafe", [](Mail& m) { m.subject = "x\xC2\x85y"; }},
        {"Subject", "mail_header_unsafe", [](Mail& m) { m.subject = "\xFF"; }},
        {"Subject", "mail_header_unsafe", [](Mail& m) { m.subject = std::string(5000, 'x'); }},
        {"From", "mail_header_unsafe", [](Mail& m) { m.from.name = "a\nb"; }},
        {"From", "mail_address_invalid", [](Mail& m) { m.from.address = "a@b.example\r\nX: y"; }},
        {"To", "mail_address_invalid", [](Mail& m) { m.to.address = ""; }},
        {"Sender", "mail_header_unsafe", [](Mail& m) { m.sender.name = "\t"; }},
        {"Reply-To", "mail_address_invalid",
         [](Mail& m) { m.reply_to.address = "a@b.example, c@d.example"; }},
        {"Message-ID", "mail_header_unsafe", [](Mail& m) { m.message_id = "a@b\r\nBcc: c@d.example"; }},
        {"Message-ID", "mail_header_unsafe", [](Mail& m) { m.message_id = ""; }},
        {"In-Reply-To", "mail_header_unsafe", [](Mail& m) { m.in_reply_to = "<a@b.example>"; }},
        {"References", "mail_header_unsafe", [](Mail& m) { m.references = {"a b"}; }},
        {"List-Unsubscribe", "mail_header_unsafe", [](Mail& m) { m.unsubscribe_url = "http://x.example"; }},
        {"List-Unsubscribe", "mail_header_unsafe",
         [](Mail& m) { m.unsubscribe_url = "https://x.example/>\r\nX: y"; }},
        {"List-Unsubscribe", "mail_address_invalid",
         [](Mail& m) { m.unsubscribe_address = "a@b@c.example"; }},
        {"Content-Language", "mail_header_unsafe", [](Mail& m) { m.language = "nl\r\nX: y"; }},
        {"Content-Disposition", "mail_header_unsafe",
         [](Mail& m) {
             m.attachments = {{"a\r\n.pdf", "application/pdf", ""}};
         }},
        {"Content-Disposition", "mail_header_unsafe",
         [](Mail& m) {
             m.attachments = {{"../a.pdf", "application/pdf", ""}};
         }},
        {"Content-Type", "mail_header_unsafe",
         [](Mail& m) {
             m.attachments = {{"a.pdf", "application/pdf; x=y", ""}};
         }},
        {"Content-Type", "mail_header_unsafe", [](Mail& m) { m.text = "\xC3("; }},
    };
    for (const Row& row : rows) {
        Mail mail = sample();
        row.spoil(mail);
        const auto result = compose(mail);
        BOOST_REQUIRE_MESSAGE(!static_cast<bool>(result), row.header);
        BOOST_TEST(result.problem().id == row.id, row.header);
        BOOST_TEST(result.problem().place == row.header);
    }
}

// Whatever stands in a field: a Problem, or a message with exactly the headers that were meant, and lawful
// lines.
BOOST_AUTO_TEST_CASE(no_text_can_add_a_header) {
    const auto expected = header_names(composed(sample()));
    const bool held = rc::check("no text can add a header", [&] {
        Mail mail = sample();
        const auto text = [] {
            return *rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
                {{6, rc::gen::inRange<char>(' ', '~')},
                 {1, rc::gen::arbitrary<char>()},
                 {1, rc::gen::elementOf(std::string{"\r\n\t\0:<>@,;\"\\()=?_-. ", 21})}}));
        };
        const std::string value =
            *rc::gen::element<std::string>("", "\r\nBcc: x@y.example", "é€", "=?utf-8?q?x?=") + text();
        switch (*rc::gen::inRange(0, 12)) {
            case 0:
                mail.subject = value;
                break;
            case 1:
                mail.from.name = value;
                break;
            case 2:
                mail.to.name = value;
                break;
            case 3:
                mail.reply_to.name = value;
                break;
            case 4:
                mail.to.address = value;
                break;
            case 5:
                mail.message_id = value;
                break;
            case 6:
                mail.in_reply_to = value.empty() ? "a@b.example" : value;
                break;
            case 7:
                mail.references = {value};
                break;
            case 8:
                mail.unsubscribe_url = "https://x.example/" + value;
                break;
            case 9:
                mail.attachments = {{value, "application/pdf", "x"}};
                break;
            case 10:
                mail.text = value;
                break;
            default:
                mail.html = "<p>" + value;
                break;
        }
        const auto bytes = compose(mail);
        if (!bytes) return;
        RC_ASSERT(wire_fault(*bytes) == "");
        RC_ASSERT(header_names(*bytes) == expected);
        const auto read = read_readable(*bytes);
        RC_ASSERT(static_cast<bool>(read));
        RC_ASSERT(read->message_id == mail.message_id);
    });
    BOOST_TEST(held);
}

BOOST_AUTO_TEST_CASE(a_name_that_looks_encoded_is_not_decoded) {
    Mail mail = sample();
    mail.to.name = "=?utf-8?q?Bcc?= é " + std::string(80, 'n');
    const std::string bytes = composed(mail);
    BOOST_TEST(wire_fault(bytes) == "");
    BOOST_TEST(read_readable(bytes)->to.find("=?utf-8?q?Bcc?= é nnn") != std::string::npos,
               read_readable(bytes)->to);
}

BOOST_AUTO_TEST_CASE(subjects_and_names_come_back_whole) {
    const bool held = rc::check("subjects and names come back", [] {
        const auto words = *rc::gen::container<std::vector<std::string>>(
            rc::gen::element<std::string>("raad", "Súdwest-Fryslân", "ĳ", "€", "😀", "=?utf-8?q?x?=", "\"",
                                          "(x)", "a,b", std::string(90, 'w'), "\\"));
        std::string value = *rc::gen::element<std::string>("", "x", " x");
        for (const std::string& word : words) value += *rc::gen::element<std::string>(" ", " ", "  ") + word;
        value += *rc::gen::element<std::string>("", " ");
        Mail mail = sample();
        mail.subject = value;
        const auto bytes = compose(mail);
        RC_ASSERT(static_cast<bool>(bytes));
        RC_ASSERT(wire_fault(*bytes) == "");
        RC_ASSERT(read_readable(*bytes)->subject == value);
    });
    BOOST_TEST(held);
}

BOOST_AUTO_TEST_CASE(names_come_back_whole) {
    const std::vector<std::string> names = {"A. de Vries",
                                            "Griffie 's-Gravenhage",
                                            "de Vries, A. (griffier)",
                                            "\\ \"x\" \\\"",
                                            " vooraan en achteraan ",
                                            "=?utf-8?q?x?=",
                                            "a@b <c@d>",
                                            "Súdwest",
                                            std::string(90, 'w'),
                                            std::string(480, '"'),
                                            "Stichting " + std::string(70, 'w') + " en \"omstreken\", te Oss",
                                            "Vereniging van kleine kernen in de gemeenten van Noord-Holland, "
                                            "afdeling Schagen, Hollands Kroon en Texel, p/a het dorpshuis"};
    for (const std::string& name : names) {
        Mail mail = sample();
        mail.from.name = mail.sender.name = mail.to.name = name;
        const std::string bytes = composed(mail);
        BOOST_TEST(wire_fault(bytes) == "");
        const std::string said = read_by_python(bytes);
        for (const char* header : {"From", "Sender", "To"})
            BOOST_TEST((said.find(std::string{header} + " name: " + name + "\n") != std::string::npos),
                       header << ' ' << name << '\n'
                              << said);
        BOOST_TEST(said.find("defect") == std::string::npos, said);
    }
    // What is too long for quotes goes in encoded words.
    Mail mail = sample();
    mail.from.name = std::string(600, '"');
    BOOST_TEST(wire_fault(composed(mail)) == "");
}

BOOST_AUTO_TEST_CASE(dates_are_what_gmime_reads) {
    using namespace std::chrono;
    for (const sys_seconds moment : {sys_seconds{0s}, sys_seconds{sys_days{2026y / 11 / 1}},
                                     sys_seconds{sys_days{2028y / 2 / 29}} + 23h + 59min + 59s,
                                     sys_seconds{sys_days{2100y / 12 / 31}}}) {
        Mail mail = sample();
        mail.date = moment;
        const std::string written = read_readable(composed(mail))->date;
        GDateTime* read = g_mime_utils_header_decode_date(written.c_str());
        BOOST_REQUIRE((read != nullptr));
        BOOST_TEST(g_date_time_to_unix(read) == moment.time_since_epoch().count(), written);
        g_date_time_unref(read);
    }
    for (const sys_seconds moment :
         {sys_seconds{sys_days{1900y / 1 / 1}} - 1s, sys_seconds{sys_days{10000y / 1 / 1}}}) {
        Mail mail = sample();
        mail.date = moment;
        const auto refused = compose(mail);
        BOOST_REQUIRE(!refused);
        BOOST_TEST(refused.problem().place == "Date");
    }
}

// A name in pieces that ended inside a letter came out damaged in readers that decode piece by piece.
BOOST_AUTO_TEST_CASE(long_file_names_come_back_whole) {
    Mail mail = sample();
    std::vector<std::string> names = {
        "Overzicht van alle dorpshuizen, wijkcentra en ontmoetingsplaatsen per gemeente, januari 2026.pdf",
        "a \"b\" ; c=d 100% =?utf-8?q?x?= (e).pdf", "=?utf-8?q?x?=.pdf", "é.pdf"};
    // Every length, so that each letter falls on an edge once.
    for (std::size_t length = 0; length < 16; ++length)
        names.push_back(std::string(length, 'x') +
                        "– “Súdwest-Fryslân” ’s-Hertogenbosch 😀 ĳsvereniging €.pdf");
    mail.attachments.clear();
    for (const std::string& name : names) mail.attachments.emplace_back(name, "application/pdf", pdf);
    const std::string bytes = composed(mail);
    BOOST_TEST(wire_fault(bytes) == "");
    const std::string said = read_by_python(bytes);
    BOOST_TEST(said.find("defect") == std::string::npos, said);
    const auto read = read_readable(bytes);
    for (std::size_t i = 0; i < names.size(); ++i) {
        BOOST_TEST((said.find(" attachment " + names[i] + ' ') != std::string::npos), names[i] << '\n'
                                                                                               << said);
        BOOST_TEST(read->parts.at(i + 2).file_name == names[i]);
    }
}
