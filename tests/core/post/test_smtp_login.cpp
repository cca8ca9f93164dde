// TLS and login against the recording server.
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

#include "certificate.hpp"
#include "core/post/smtp.hpp"
#include "smtp_server.hpp"

using namespace raadspost;
using namespace raadspost::post;
using namespace std::chrono_literals;

namespace {

const Envelope envelope{"bounce+abc@post.example", "griffie@aadorp.example", "d812"};
const std::string message = "Subject: x\r\n\r\n" + std::string(60'000, 'y') + "\r\n";

struct Certificates {
    Certificates() {
        std::string name = (std::filesystem::temp_directory_path() / "raadspost-tls-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder = name;
        world::make_certificate(ours(), "localhost");
        world::make_certificate(others(), "elsewhere.example");
    }
    ~Certificates() { std::filesystem::remove_all(folder); }
    std::filesystem::path ours() const { return folder / "ours.pem"; }
    std::filesystem::path others() const { return folder / "others.pem"; }
    std::filesystem::path folder;
};

Relay relay_at(std::uint16_t port, Security security, const std::filesystem::path& authorities) {
    Relay relay;
    relay.host = "localhost";
    relay.port = port;
    relay.security = security;
    relay.authority_file = authorities.string();
    relay.timeouts.greeting = relay.timeouts.command = relay.timeouts.dot = 60s;
    return relay;
}

Submission submit(const Relay& relay) {
    SmtpSession session{relay};
    auto submission = session.submit(envelope, message, [] { return true; });
    BOOST_REQUIRE(submission);
    return *submission;
}

void with_login(Relay& relay, Login login, std::string secret) {
    relay.login = login;
    relay.user = "lvkk@post.example";
    relay.secret = [secret]() -> Result<std::string> { return secret; };
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(mail_goes_out_under_tls, Certificates) {
    for (const bool implicit : {true, false}) {
        world::ServerSettings settings;
        settings.certificate = ours();
        settings.implicit_tls = implicit;
        const world::SmtpServer server{settings};
        const Relay relay = relay_at(server.port(), implicit ? Security::tls : Security::starttls, ours());
        SmtpSession session{relay};
        for (int i = 0; i < 3; ++i) {
            const auto submission = session.submit(envelope, message, [] { return true; });
            BOOST_TEST(name(submission->outcome) == "accepted", submission->text);
        }
        BOOST_TEST(server.recorded().size() == 3u);
        BOOST_TEST((server.recorded()[2].message == message));
        BOOST_TEST(server.connections() == 1u);
    }
}

BOOST_FIXTURE_TEST_CASE(nothing_is_sent_to_a_relay_that_cannot_prove_its_name, Certificates) {
    for (const bool implicit : {true, false}) {
        world::ServerSettings settings;
        settings.certificate = others();
        settings.implicit_tls = implicit;
        const world::SmtpServer server{settings};
        const Security security = implicit ? Security::tls : Security::starttls;
        for (const auto& trusted :
             {others(), ours(), std::filesystem::path{}}) {  // wrong name; unknown; unknown to the system
            const Submission submission = submit(relay_at(server.port(), security, trusted));
            BOOST_TEST((submission.outcome == Outcome::deferred && submission.stage == Stage::tls));
            BOOST_TEST(submission.about_relay);
        }
        BOOST_TEST(server.messages() == 0u);
    }
}

BOOST_FIXTURE_TEST_CASE(there_is_no_falling_back_to_clear_text, Certificates) {
    const world::SmtpServer server{{}};  // offers no STARTTLS
    const Submission submission = submit(relay_at(server.port(), Security::starttls, ours()));
    BOOST_TEST((submission.outcome == Outcome::deferred && submission.stage == Stage::tls));
    const Submission implicit = submit(relay_at(server.port(), Security::tls, ours()));
    BOOST_TEST((implicit.outcome == Outcome::deferred && implicit.stage == Stage::tls));
    BOOST_TEST(server.messages() == 0u);
}

BOOST_FIXTURE_TEST_CASE(bytes_from_before_the_handshake_are_not_trusted, Certificates) {
    world::ServerSettings settings;
    settings.certificate = ours();
    settings.chatty_before_tls = true;
    const world::SmtpServer server{settings};
    const Submission submission = submit(relay_at(server.port(), Security::starttls, ours()));
    BOOST_TEST((submission.outcome == Outcome::deferred && submission.stage == Stage::tls));
    BOOST_TEST(server.messages() == 0u);
}

BOOST_FIXTURE_TEST_CASE(each_way_of_logging_in, Certificates) {
    world::ServerSettings settings;
    settings.certificate = ours();
    settings.user = "lvkk@post.example";
    settings.secret = "niet raden";
    const world::SmtpServer server{settings};
    for (const Login login : {Login::password, Login::bearer_token}) {
        Relay relay = relay_at(server.port(), Security::starttls, ours());
        with_login(relay, login, "niet raden");
        BOOST_TEST(name(submit(relay).outcome) == "accepted");
        with_login(relay, login, "geraden");
        const Submission wrong = submit(relay);
        BOOST_TEST((wrong.outcome == Outcome::deferred && wrong.stage == Stage::login && wrong.about_relay));
        BOOST_TEST(wrong.code == 535);
        BOOST_TEST(wrong.text.find("geraden") == std::string::npos);
    }
    BOOST_TEST(server.recorded().size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_password_is_not_sent_in_the_clear, Certificates) {
    Relay relay;
    relay.host = "relay.example";
    with_login(relay, Login::password, "x");
    SmtpSession session{relay};
    BOOST_TEST(session.submit(envelope, message, [] { return true; }).problem().id ==
               "relay_password_in_clear");
}

BOOST_FIXTURE_TEST_CASE(the_settings_can_be_tried_without_a_message, Certificates) {
    world::ServerSettings settings;
    settings.certificate = ours();
    const world::SmtpServer server{settings};
    SmtpSession good{relay_at(server.port(), Security::starttls, ours())};
    BOOST_TEST((good.try_connection().outcome == Outcome::accepted));
    SmtpSession bad{relay_at(server.port(), Security::starttls, others())};
    BOOST_TEST((bad.try_connection().stage == Stage::tls));
}
