#include "core/post/readable.hpp"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "../processor_time.hpp"
#include "core/post/limits.hpp"

using namespace raadspost;
using namespace raadspost::post;

namespace {

// To the byte on the heap, so that the address checker sees an overread.
Result<Readable> read(const std::string& bytes) {
    const std::unique_ptr<char[]> exact{new char[bytes.size()]};
    std::memcpy(exact.get(), bytes.data(), bytes.size());
    return read_readable({exact.get(), bytes.size()});
}

}  // namespace

BOOST_AUTO_TEST_CASE(text_and_parts_are_told_apart) {
    const auto mail = read(
        "From: =?iso-8859-1?q?Griffie_S=FAdwest?= <griffie@s.example>\r\nTo: post@lvkk.example\r\nSubject: "
        "Re: oproep\r\n"
        "Message-ID: <a@b.example>\r\nDate: Fri, 20 Nov 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        "--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Disposition: "
        "attachment\r\n\r\nbijlage\r\n"
        "--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
        "quoted-printable\r\n\r\nbeste =E9\r\n"
        "--x\r\nContent-Type: Application/PDF; name=\"../../etc/brief.pdf\"\r\nContent-Transfer-Encoding: "
        "base64\r\n\r\nAAAA\r\n"
        "--x--\r\n");
    BOOST_REQUIRE(mail);
    BOOST_TEST(mail->from == "Griffie Súdwest <griffie@s.example>");
    BOOST_TEST(mail->subject == "Re: oproep");
    BOOST_TEST(mail->message_id == "a@b.example");
    BOOST_TEST(mail->text == "beste é");
    BOOST_REQUIRE(mail->parts.size() == 3u);
    BOOST_TEST(mail->parts[2].media_type == "application/pdf");
    BOOST_TEST(mail->parts[2].file_name == "brief.pdf");
    BOOST_TEST(mail->parts[2].bytes == 3u);
}

BOOST_AUTO_TEST_CASE(what_is_no_message_or_too_much_of_one_is_said) {
    BOOST_TEST(read("").problem().id == "message_unreadable");
    BOOST_TEST(read("Subject: " + std::string(limits::header_block_bytes, 'x')).problem().id ==
               "message_too_large");
    BOOST_TEST(read(std::string(limits::message_bytes + 1, 'x')).problem().id == "message_too_large");
    std::string parts = "Content-Type: multipart/mixed; boundary=x\r\n\r\n";
    for (std::size_t i = 0; i <= limits::part_count; ++i) parts += "--x\r\n\r\ny\r\n";
    BOOST_TEST(read(parts).problem().id == "message_too_large");
    std::string nested;
    for (std::size_t i = 0; i < 5000; ++i)
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" +
                  std::to_string(i) + "\r\n";
    BOOST_TEST(read(nested).problem().id == "message_too_large");
}

BOOST_AUTO_TEST_CASE(no_shared_sample_harms_the_reader) {
    const std::filesystem::path corpora = std::filesystem::path{RAADSPOST_SHARED_DIR} / "corpora";
    if (!std::filesystem::exists(corpora)) {
        BOOST_TEST_MESSAGE("skipped: no shared corpora beside this checkout");
        return;
    }
    std::size_t seen = 0, readable = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{corpora}) {
        if (!entry.is_regular_file() || entry.file_size() > limits::message_bytes) continue;
        std::ifstream in{entry.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
        const double spent = tests::processor_seconds_of([&] { readable += static_cast<bool>(read(bytes)); });
        BOOST_TEST(spent < 10.0, entry.path());
        ++seen;
    }
    BOOST_TEST_MESSAGE(readable << " of " << seen << " files could be read as messages");
}
