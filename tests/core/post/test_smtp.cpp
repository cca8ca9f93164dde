// The client against the recording server: what the server wrote down is compared with what the client says
// became of it.
#include "core/post/smtp.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "certificate.hpp"
#include "free_port.hpp"
#include "recording_relay.hpp"
#include "smtp_server.hpp"

using namespace raadspost;
using namespace raadspost::post;
using namespace std::chrono_literals;

namespace {

const Envelope envelope{"bounce+abc@post.example", "griffie@aadorp.example", "d812"};
const std::string message =
    "Subject: oproep\r\nMessage-ID: <d812@post.example>\r\n\r\nGeachte griffier,\r\n.\r\n..\r\nSlot\r\n";

world::ServerSettings ruled(std::vector<std::string> rules) {
    world::ServerSettings settings;
    for (const std::string& text : rules) {
        const auto rule = world::Rule::parse(text);
        BOOST_REQUIRE_MESSAGE(rule.has_value(), text);
        settings.rules.push_back(*rule);
    }
    return settings;
}

bool yes() {
    return true;
}

Submission submit(SmtpSession& session, const Envelope& to = envelope, std::string_view bytes = message) {
    auto submission = session.submit(to, bytes, yes);
    BOOST_REQUIRE(submission);
    return *submission;
}

Envelope to(std::string recipient) {
    return {"bounce+abc@post.example", std::move(recipient), "d1"};
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_accepted_message_arrives_as_it_was) {
    for (const bool pipelining : {true, false}) {
        world::ServerSettings settings;
        if (!pipelining) settings.advertise = {};
        const world::SmtpServer server{settings};
        SmtpSession session{relay_at(server.port())};
        const Submission submission = submit(session);
        BOOST_TEST((submission.outcome == Outcome::accepted && submission.stage == Stage::dot));
        BOOST_TEST(submission.code == 250);
        BOOST_TEST(submission.enhanced == "2.0.0");
        const auto taken = server.recorded();
        BOOST_REQUIRE(taken.size() == 1u);
        BOOST_TEST(taken[0].message == message);
        BOOST_TEST(taken[0].sender == envelope.sender);
        BOOST_TEST(taken[0].recipient == envelope.recipient);
        BOOST_TEST(taken[0].message_id == "d812@post.example");
        BOOST_TEST(submission.queue_id == taken[0].digest.substr(0, 12));
        BOOST_TEST((taken[0].mail_parameters.find("RET=HDRS ENVID=d812") != std::string::npos) == pipelining);
        BOOST_TEST((taken[0].recipient_parameters == "NOTIFY=FAILURE,DELAY") == pipelining);
    }
}

BOOST_AUTO_TEST_CASE(no_line_end_hides_the_end_of_a_message) {
    const world::SmtpServer server{{}};
    SmtpSession session{relay_at(server.port())};
    const std::string smuggled = "Subject: x\n\nfirst\n.\nMAIL FROM:<evil@x.example>\r.\r\n.\rlast";
    BOOST_TEST((submit(session, envelope, smuggled).outcome == Outcome::accepted));
    for (const std::string& edge : {std::string{}, std::string{"\r\n"}, std::string{"."},
                                    std::string{".\r\n"}, std::string{"a\r\n\r\n"}})
        BOOST_TEST((submit(session, envelope, edge).outcome == Outcome::accepted));
    const auto taken = server.recorded();
    BOOST_REQUIRE(taken.size() == 6u);
    BOOST_TEST(taken[0].message ==
               "Subject: x\r\n\r\nfirst\r\n.\r\nMAIL FROM:<evil@x.example>\r\n.\r\n.\r\nlast\r\n");
    BOOST_TEST(taken[3].message == ".\r\n");
    BOOST_TEST(taken[4].message == ".\r\n");
    BOOST_TEST(taken[5].message == "a\r\n\r\n");
}

// The table of what may go wrong, where, and what must be said of it.
BOOST_AUTO_TEST_CASE(every_failure_falls_on_its_side_of_the_dot) {
    struct Row {
        std::string rule;
        Outcome outcome;
        Stage stage;
        int code;
        bool about_relay;
        std::size_t taken;  // by the server
    };
    const std::vector<Row> rows = {
        {"*=connect:554", Outcome::deferred, Stage::greeting, 554, true, 0},
        {"*=connect:421", Outcome::deferred, Stage::greeting, 421, true, 0},
        {"*=connect:drop", Outcome::deferred, Stage::greeting, 0, true, 0},
        {"*=connect:garbage", Outcome::deferred, Stage::greeting, 0, true, 0},
        {"*=hello:550", Outcome::deferred, Stage::hello, 550, true, 0},
        {"*=hello:drop", Outcome::deferred, Stage::hello, 0, true, 0},
        {"*=mail:451", Outcome::deferred, Stage::mail, 451, false, 0},
        {"*=mail:550", Outcome::refused, Stage::mail, 550, false, 0},
        {"*=mail:530", Outcome::deferred, Stage::mail, 530, true, 0},
        {"*=mail:421", Outcome::deferred, Stage::mail, 421, true, 0},
        {"*=mail:drop", Outcome::deferred, Stage::mail, 0, true, 0},
        {"*=rcpt:450", Outcome::deferred, Stage::recipient, 450, false, 0},
        {"*=rcpt:550", Outcome::refused, Stage::recipient, 550, false, 0},
        {"*=rcpt:drop", Outcome::deferred, Stage::recipient, 0, true, 0},
        {"*=data:451", Outcome::deferred, Stage::data, 451, false, 0},
        {"*=data:554", Outcome::refused, Stage::data, 554, false, 0},
        {"*=data:250", Outcome::deferred, Stage::data, 250, false, 0},
        {"*=data:drop", Outcome::deferred, Stage::data, 0, true, 0},
        {"*=dot:451", Outcome::deferred, Stage::dot, 451, false, 0},
        {"*=dot:554", Outcome::refused, Stage::dot, 554, false, 0},
        {"*=dot:421", Outcome::deferred, Stage::dot, 421, true, 0},
        {"*=dot:354", Outcome::uncertain, Stage::dot, 0, false, 0},
        {"*=dot:drop", Outcome::uncertain, Stage::dot, 0, false, 1},
        {"*=dot:drop-unrecorded", Outcome::uncertain, Stage::dot, 0, false, 0},
        {"*=dot:garbage", Outcome::uncertain, Stage::dot, 0, false, 1},
        {"*=dot:late1", Outcome::accepted, Stage::dot, 250, false, 1},
        {"*=dot:late30", Outcome::uncertain, Stage::dot, 0, false, 1},
    };
    for (const Row& row : rows)
        for (const bool pipelining : {true, false}) {
            world::ServerSettings settings = ruled({row.rule});
            if (!pipelining) settings.advertise = {"ENHANCEDSTATUSCODES"};
            const world::SmtpServer server{settings};
            Relay relay = relay_at(server.port());
            if (row.rule.ends_with("late30")) relay.timeouts.dot = 1s;
            SmtpSession session{relay};
            const Submission submission = submit(session);
            const std::string story = row.rule + (pipelining ? " pipelined" : " in steps");
            BOOST_TEST(name(submission.outcome) == name(row.outcome),
                       story << ": " << name(submission.outcome));
            BOOST_TEST(name(submission.stage) == name(row.stage), story << ": " << name(submission.stage));
            BOOST_TEST(submission.code == row.code, story << ": " << submission.code);
            BOOST_TEST(submission.about_relay == row.about_relay, story);
            // Whom it does not answer in time may be gone before it has written down what it took.
            for (int i = 0; i < 1000 && server.recorded().size() != row.taken; ++i)
                std::this_thread::sleep_for(50ms);
            BOOST_TEST(server.recorded().size() == row.taken, story);
        }
}

BOOST_AUTO_TEST_CASE(a_relay_that_is_away_defers) {
    SmtpSession session{relay_at(world::free_port())};
    const Submission submission = submit(session);
    BOOST_TEST((submission.outcome == Outcome::deferred && submission.stage == Stage::connect));
    BOOST_TEST(submission.about_relay);
}

BOOST_AUTO_TEST_CASE(a_relay_that_has_enough_in_the_middle_of_a_message) {
    const std::string large = "Subject: x\r\n\r\n" + std::string(20'000'000, 'x');
    for (const auto& [rule, outcome] :
         {std::pair{"*=body:drop", Outcome::deferred}, {"*=body:451", Outcome::deferred}}) {
        const world::SmtpServer server{ruled({rule})};
        SmtpSession session{relay_at(server.port())};
        bool asked = false;
        const auto submission = session.submit(envelope, large, [&] { return asked = true; });
        BOOST_REQUIRE(submission);
        BOOST_TEST(name(submission->outcome) == name(outcome));
        BOOST_TEST((submission->stage == Stage::body));
        BOOST_TEST(!asked);
        BOOST_TEST(server.messages() == 0u);
    }
}

BOOST_AUTO_TEST_CASE(without_a_durable_mark_nothing_is_delivered) {
    const world::SmtpServer server{{}};
    SmtpSession session{relay_at(server.port())};
    int asked = 0;
    const auto submission = session.submit(envelope, message, [&] {
        ++asked;
        return false;
    });
    BOOST_REQUIRE(submission);
    BOOST_TEST(asked == 1);
    BOOST_TEST((submission->outcome == Outcome::deferred && submission->stage == Stage::before_dot));
    BOOST_TEST(!session.connected());
    BOOST_TEST((submit(session).outcome == Outcome::accepted));
    BOOST_TEST(server.recorded().size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_mark_is_made_before_the_server_has_the_message) {
    const world::SmtpServer server{{}};
    SmtpSession session{relay_at(server.port())};
    std::uint64_t at_mark = 99;
    const auto submission = session.submit(envelope, message, [&] {
        std::this_thread::sleep_for(50ms);
        at_mark = server.messages();
        return true;
    });
    BOOST_REQUIRE(submission);
    BOOST_TEST(at_mark == 0u);
    BOOST_TEST(server.messages() == 1u);
}

BOOST_AUTO_TEST_CASE(a_refused_recipient_whose_data_is_awaited_gets_nothing) {
    world::ServerSettings settings = ruled({"bad@*=rcpt:550"});
    settings.data_anyway = true;
    const world::SmtpServer server{settings};
    SmtpSession session{relay_at(server.port())};
    const Submission refused = submit(session, to("bad@aadorp.example"));
    BOOST_TEST((refused.outcome == Outcome::refused && refused.stage == Stage::recipient));
    BOOST_TEST((submit(session, to("good@aadorp.example")).outcome == Outcome::accepted));
    BOOST_TEST(server.recorded().size() == 1u);
    BOOST_TEST(server.connections() == 2u);
}

BOOST_AUTO_TEST_CASE(one_connection_serves_many_and_goes_on_after_a_refusal) {
    const world::SmtpServer server{ruled({"bad@*=rcpt:550", "late@*=dot:451", "no@*=data:554"})};
    Relay relay = relay_at(server.port());
    relay.messages_per_connection = 7;
    SmtpSession session{relay};
    std::size_t accepted = 0;
    for (int i = 0; i < 5; ++i)
        for (const char* local : {"good", "bad", "late", "no", "fine"})
            accepted +=
                submit(session, to(std::string{local} + "@aadorp.example")).outcome == Outcome::accepted;
    BOOST_TEST(accepted == 10u);
    BOOST_TEST(server.recorded().size() == 10u);
    BOOST_TEST(server.connections() <= 4u);
}

BOOST_AUTO_TEST_CASE(a_connection_that_the_relay_closed_meanwhile_is_opened_again) {
    world::ServerSettings settings;
    settings.port = world::free_port();
    auto server = std::make_unique<world::SmtpServer>(settings);
    SmtpSession session{relay_at(settings.port)};
    BOOST_TEST((submit(session).outcome == Outcome::accepted));
    server.reset();
    const world::SmtpServer next{settings};
    BOOST_TEST((submit(session).outcome == Outcome::accepted));
    BOOST_TEST(next.messages() == 1u);
}

BOOST_AUTO_TEST_CASE(a_relay_that_hangs_up_on_a_fresh_connection_is_told_as_it_is) {
    const world::SmtpServer server{ruled({"*=mail:dropx1"})};
    SmtpSession session{relay_at(server.port())};
    BOOST_TEST((submit(session).outcome == Outcome::deferred));
    BOOST_TEST((submit(session).outcome == Outcome::accepted));
    BOOST_TEST(server.connections() == 2u);
}

// Also a reused connection on which the relay hangs up as the next message begins, each time anew.
BOOST_AUTO_TEST_CASE(a_message_begins_anew_once_not_for_ever) {
    const world::SmtpServer server{ruled({"*=mail:250x1", "*=mail:drop"})};
    SmtpSession session{relay_at(server.port())};
    BOOST_TEST((submit(session).outcome == Outcome::accepted));
    BOOST_TEST((submit(session).outcome == Outcome::deferred));
    BOOST_TEST(server.connections() == 2u);
    BOOST_TEST(server.messages() == 1u);
}

BOOST_AUTO_TEST_CASE(addresses_that_could_carry_a_command_never_reach_the_line) {
    const world::SmtpServer server{{}};
    SmtpSession session{relay_at(server.port())};
    for (const std::string bad : {"a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "a@b\n.example",
                                  "", "a", "@b.example", "a@", "a@-b.example", "\"a\"@b.example",
                                  "a@[127.0.0.1]", "r\xC3\xA9@b.example", "a..b@c.example"}) {
        BOOST_TEST(session.submit(to(bad), message, yes).problem().id == "mail_address_invalid");
        if (!bad.empty())
            BOOST_TEST(session.submit({bad, "a@b.example", {}}, message, yes).problem().id ==
                       "mail_address_invalid");
    }
    BOOST_TEST(server.connections() == 0u);
    BOOST_TEST((submit(session, {"", "a@b.example", "x=1+2\r\nRSET"}).outcome == Outcome::accepted));
    BOOST_TEST(server.recorded()[0].mail_parameters.find("ENVID=x+3D1+2B2+0D+0ARSET") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_old_relay_is_greeted_with_helo) {
    world::ServerSettings settings;
    settings.knows_ehlo = false;
    const world::SmtpServer server{settings};
    SmtpSession session{relay_at(server.port())};
    BOOST_TEST((submit(session).outcome == Outcome::accepted));
}

BOOST_AUTO_TEST_CASE(a_message_beyond_the_size_limit_is_refused_here) {
    world::ServerSettings settings;
    settings.advertise = {"SIZE 100"};
    const world::SmtpServer server{settings};
    SmtpSession session{relay_at(server.port())};
    const Submission submission = submit(session, envelope, std::string(200, 'x'));
    BOOST_TEST((submission.outcome == Outcome::refused && submission.code == 552));
    BOOST_TEST((submit(session, envelope, "Subject: x\r\n\r\n").outcome == Outcome::accepted));
}

BOOST_AUTO_TEST_CASE(a_stop_ends_the_wait_before_the_dot_and_not_after_it) {
    const world::SmtpServer server{ruled({"*=dot:late1"})};
    std::stop_source stop;
    SmtpSession session{relay_at(server.port()), stop.get_token()};
    const auto after_dot = session.submit(envelope, message, yes);
    BOOST_TEST((after_dot->outcome == Outcome::accepted));
    const auto in_between = session.submit(envelope, message, [&] {
        stop.request_stop();
        return true;
    });
    BOOST_TEST((in_between->outcome ==
                Outcome::accepted));  // the mark is made: the dot goes out and its reply is awaited
    BOOST_TEST((session.submit(envelope, message, yes)->outcome == Outcome::deferred));
    BOOST_TEST(server.messages() == 2u);
}
