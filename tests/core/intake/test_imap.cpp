// An IMAP session against servers that keep to the protocol in their own way, or do not: scripted, over a
// real socket. What a sound server does is tested with Dovecot (tests/daemon/test_intake.py).
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

#include "core/intake/imap.hpp"
#include "core/intake/imap_mailbox.hpp"
#include "line.hpp"

using namespace raadspost;
using namespace raadspost::intake;
using namespace std::chrono_literals;

namespace {

// What a client has to say (its tag is put for "@"; a line may begin so), and what it is answered.
struct Step {
    std::string command, answer;
};
using Script = std::vector<Step>;

const Step hello = {"", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE] ready\r\n"};
const Step login = {"AUTHENTICATE PLAIN ", "@ OK in\r\n"};
const Step capability = {"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN IDLE\r\n@ OK\r\n"};
const Step examine = {"EXAMINE \"INBOX\"",
                      "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n@ OK [READ-ONLY] x\r\n"};

Script opening(std::initializer_list<Step> more) {
    Script script = {hello, login, capability};
    script.insert(script.end(), more);
    return script;
}

// Serves one connection after another, each by its own script, then hangs up.
class Server {
public:
    explicit Server(std::vector<Script> scripts) : scripts_{std::move(scripts)} {
        listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        BOOST_REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&address), size) == 0);
        BOOST_REQUIRE(::listen(listening_, 5) == 0);
        ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread{[this] { serve(); }};
    }
    ~Server() {
        ::shutdown(listening_, SHUT_RDWR);
        ::close(listening_);
    }
    ImapAccount account() const {
        ImapAccount account;
        account.host = "127.0.0.1";
        account.port = port_;
        account.security = Security::none;
        account.user = "griffies";
        account.secret = [] { return Result<std::string>{"geheim"}; };
        return account;
    }
    const std::vector<std::string>& surprises() const { return surprises_; }

private:
    void serve() {
        for (const Script& script : scripts_) {
            const int socket = ::accept(listening_, nullptr, nullptr);
            if (socket < 0) return;
            world::Line line{socket};
            for (const Step& step : script)
                if (!play(line, step)) break;
        }
    }
    bool play(world::Line& line, const Step& step) {
        std::string tag;
        if (!step.command.empty()) {
            const auto said = line.read_line();
            if (!said) return false;
            const auto space = said->find(' ');
            tag = said->substr(0, space);
            // A line that is not a command of its own: DONE.
            const std::string rest = space == std::string::npos ? *said : said->substr(space + 1);
            if (!rest.starts_with(step.command)) surprises_.push_back(*said + " instead of " + step.command);
            if (space != std::string::npos) tag_ = tag;
        }
        std::string answer = step.answer;
        for (auto at = answer.find('@'); at != std::string::npos; at = answer.find('@'))
            answer.replace(at, 1, tag_);
        return line.write(answer);
    }

    std::vector<Script> scripts_;
    std::vector<std::string> surprises_;
    std::string tag_;
    int listening_ = -1;
    std::uint16_t port_ = 0;
    std::jthread thread_;
};

std::string problem_of(const ImapAccount& account) {
    const auto session = ImapSession::open(account, {});
    return session ? "" : session.problem().id;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_greets_otherwise_gets_no_password) {
    const std::pair<const char*, const char*> cases[] = {
        {"220 relay.example ESMTP\r\n", "mailbox_no_imap"},
        {"HTTP/1.1 400 Bad Request\r\n", "mailbox_no_imap"},
        {"* BYE too many connections\r\n", "mailbox_refused"},
        {"* PREAUTH welcome, somebody\r\n", "mailbox_no_imap"},
        {"* OK no end", "mailbox_line_fell"},
    };
    for (const auto& [greeting, problem] : cases) {
        const Server server{{{{"", greeting}}}};
        BOOST_TEST(problem_of(server.account()) == problem, greeting);
        BOOST_TEST(server.surprises().empty());
    }
}

BOOST_AUTO_TEST_CASE(silence_ends) {
    const Server server{
        {{{"", "* OK ready\r\n"}, {"CAPABILITY", "* CAPABILITY IMAP4rev1\r\n"}, {"never", ""}}}};
    ImapAccount account = server.account();
    account.timeouts.command = 500ms;
    // The server says no more until the client is gone.
    BOOST_TEST(problem_of(account) == "mailbox_timed_out");
}

BOOST_AUTO_TEST_CASE(a_password_is_not_sent_in_the_clear_over_a_network) {
    const Server server{{}};
    ImapAccount account = server.account();
    account.host = "mail.example";
    BOOST_TEST(problem_of(account) == "mailbox_password_in_clear");
}

BOOST_AUTO_TEST_CASE(bytes_before_the_handshake_are_not_taken_for_the_servers) {
    const Server server{{{hello, {"STARTTLS", "@ OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"}}}};
    ImapAccount account = server.account();
    account.security = Security::starttls;
    BOOST_TEST(problem_of(account) == "mailbox_tls_failed");
}

BOOST_AUTO_TEST_CASE(login_where_there_is_no_authenticate) {
    const Server server{{{{"", "* OK [CAPABILITY IMAP4rev1] ready\r\n"},
                          {"LOGIN \"griffies\" \"geheim\"", "@ OK in\r\n"},
                          capability}}};
    BOOST_TEST(problem_of(server.account()) == "");
    BOOST_TEST(server.surprises().empty());
    const Server refusing{{{{"", "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready\r\n"}}}};
    BOOST_TEST(problem_of(refusing.account()) == "mailbox_login_refused");
}

BOOST_AUTO_TEST_CASE(a_response_that_has_to_wait_for_a_go_ahead) {
    const Server server{{{{"", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"},
                          {"AUTHENTICATE PLAIN", "+ \r\n"},
                          {"AGdyaWZmaWVzAGdlaGVpbQ==", "@ OK in\r\n"},
                          capability}}};
    BOOST_TEST(problem_of(server.account()) == "");
    BOOST_TEST(server.surprises().empty());
}

BOOST_AUTO_TEST_CASE(a_folder_without_uidvalidity_cannot_be_remembered) {
    const Server server{{opening({{"EXAMINE", "* 3 EXISTS\r\n@ OK x\r\n"}})}};
    auto session = ImapSession::open(server.account(), {});
    BOOST_REQUIRE(session);
    BOOST_TEST((*session)->open_folder("INBOX", Access::look).problem().id == "mailbox_no_imap");
}

BOOST_AUTO_TEST_CASE(news_that_comes_with_another_command_is_not_missed) {
    const Server server{{opening({examine, {"UID SEARCH", "* SEARCH\r\n* 4 EXISTS\r\n@ OK x\r\n"}})}};
    auto session = ImapSession::open(server.account(), {});
    BOOST_REQUIRE(session);
    BOOST_REQUIRE((*session)->open_folder("INBOX", Access::look));
    BOOST_REQUIRE((*session)->search(4, 5));
    // A server tells of it once: an IDLE now would wait for the next.
    const auto news = (*session)->await_news(60s, 60s);
    BOOST_REQUIRE(news);
    BOOST_TEST(*news);
}

BOOST_AUTO_TEST_CASE(idle_is_renewed_and_ends_with_news) {
    const Server server{{opening({examine,
                                  {"IDLE", "+ idling\r\n* OK still here\r\n"},
                                  {"DONE", "@ OK x\r\n"},
                                  {"IDLE", "+ idling\r\n* 4 EXISTS\r\n"},
                                  {"DONE", "@ OK x\r\n"}})}};
    auto session = ImapSession::open(server.account(), {});
    BOOST_REQUIRE(session);
    BOOST_REQUIRE((*session)->open_folder("INBOX", Access::look));
    const auto nothing = (*session)->await_news(1s, 100ms);
    BOOST_REQUIRE(nothing);
    BOOST_TEST(!*nothing);
    const auto news = (*session)->await_news(1s, 60s);
    BOOST_REQUIRE(news);
    BOOST_TEST(*news);
    BOOST_TEST(server.surprises().empty());
}

BOOST_AUTO_TEST_CASE(what_was_not_asked_for_is_not_taken) {
    const Server server{{opening({examine,
                                  {"UID SEARCH UID 2:3", "* SEARCH 1 2 3 4 3\r\n@ OK x\r\n"},
                                  {"UID FETCH 2 (UID INTERNALDATE BODY.PEEK[]<0.",
                                   "* 1 FETCH (UID 1 BODY[]<0> {3}\r\none)\r\n* 9 FETCH (FLAGS (\\Seen))\r\n"
                                   "* 2 FETCH (FLAGS (\\Seen) UID 2 BODY[]<0> {3}\r\ntwo)\r\n@ OK x\r\n"}})}};
    auto session = ImapSession::open(server.account(), {});
    BOOST_REQUIRE(session);
    BOOST_REQUIRE((*session)->open_folder("INBOX", Access::look));
    const auto found = (*session)->search(2, 3);
    BOOST_REQUIRE(found);
    BOOST_TEST(*found == (std::vector<std::uint32_t>{2, 3}));
    const auto messages = (*session)->fetch({2});
    BOOST_REQUIRE(messages);
    BOOST_REQUIRE(messages->size() == 1u);
    BOOST_TEST(messages->front().bytes == "two");
    BOOST_TEST(server.surprises().empty());
}

BOOST_AUTO_TEST_CASE(a_copy_is_appended_as_it_is) {
    const Server server{
        {opening({{"APPEND \"Verzonden\" (\\Seen) {7}", "+ go on\r\n"}, {"Subject", "@ OK x\r\n"}})}};
    auto session = ImapSession::open(server.account(), {});
    BOOST_REQUIRE(session);
    BOOST_TEST(static_cast<bool>((*session)->append("Verzonden", "Subject")));
}

BOOST_AUTO_TEST_CASE(a_message_is_looked_for_by_its_id) {
    const Server server{
        {opening({{"UID SEARCH HEADER Message-ID \"<a@b.example>\"", "* SEARCH 7\r\n@ OK x\r\n"},
                  {"UID SEARCH HEADER Message-ID \"<c@b.example>\"", "* SEARCH\r\n@ OK x\r\n"},
                  {"UID SEARCH HEADER Message-ID \"<d@b.example>\"", "@ NO not now\r\n"}})}};
    auto session = ImapSession::open(server.account(), {});
    BOOST_REQUIRE(session);
    const auto there = (*session)->holds("a@b.example"), not_there = (*session)->holds("c@b.example");
    BOOST_REQUIRE(there);
    BOOST_REQUIRE(not_there);
    BOOST_TEST(*there);
    BOOST_TEST(!*not_there);
    BOOST_TEST((*session)->holds("d@b.example").problem().id == "mailbox_refused");
    BOOST_TEST((*session)->holds("a\r\nx").problem().id == "mailbox_settings_invalid");
    BOOST_TEST((*session)->holds("").problem().id == "mailbox_settings_invalid");
}

namespace {

Step found(const std::string& set, const std::string& told) {
    return {"UID SEARCH UID " + set, "* SEARCH " + told + "\r\n@ OK x\r\n"};
}
Step sizes(const std::string& set, std::initializer_list<int> uids) {
    std::string told;
    for (const int uid : uids)
        told += "* " + std::to_string(uid) + " FETCH (UID " + std::to_string(uid) + " RFC822.SIZE 3)\r\n";
    return {"UID FETCH " + set + " (UID RFC822.SIZE)", told + "@ OK x\r\n"};
}
Step gives(const std::string& uid) {
    return {"UID FETCH " + uid + " (UID INTERNALDATE BODY.PEEK[]",
            "* " + uid + " FETCH (UID " + uid + " BODY[]<0> {3}\r\nabc)\r\n@ OK x\r\n"};
}
Step gives_an_octet(const std::string& uid) {
    return {"UID FETCH " + uid + " (UID INTERNALDATE BODY.PEEK[]<0.1>",
            "* " + uid + " FETCH (UID " + uid + " BODY[]<0> {1}\r\na)\r\n@ OK x\r\n"};
}
const Step breaks = {"UID FETCH", "* 2 FETCH (UID 2 BODY[]<0> nonsense \"\r\n"};
const Step refuses = {"UID FETCH", "@ NO [LIMIT] enough for today\r\n"};

// What is taken in of so many messages, whatever stands in the way; each time by somebody else, as the CRM's
// cron does it.
std::vector<std::string> taken_from(const Server& server, std::size_t messages) {
    ImapPlace place;
    place.account = server.account();
    auto mailbox = std::make_unique<ImapMailbox>(place);
    std::vector<std::string> got;
    for (int round = 0; round < 12 && got.size() < messages; ++round) {
        const auto batch = mailbox->next({});
        if (!batch) {
            mailbox = std::make_unique<ImapMailbox>(place);
            continue;
        }
        place.uid_validity = batch->uid_validity;
        place.last_uid = batch->up_to;
        for (const Arrival& each : batch->arrivals)
            got.push_back(std::to_string(each.uid) +
                          (each.trouble ? " " + each.trouble->id : " " + each.bytes));
        BOOST_REQUIRE(mailbox->taken_in(*batch));
    }
    for (const std::string& surprise : server.surprises()) BOOST_TEST_MESSAGE(surprise);
    BOOST_TEST(server.surprises().empty());
    return got;
}

}  // namespace

// One message that the server cannot give must not keep those behind it waiting for ever.
BOOST_AUTO_TEST_CASE(a_message_that_breaks_the_line_is_left) {
    const Server server{{
        opening({examine, found("1:3", "1 2 3"), sizes("1:3", {1, 2, 3}), breaks}),
        opening({examine, found("1:3", "1 2 3"), sizes("1", {1}), gives("1"), sizes("2", {2}), breaks}),
        opening({examine, found("2:3", "2 3"), gives_an_octet("3"), sizes("2", {2}), breaks}),
        opening({examine, found("2:3", "2 3"), sizes("3", {3}), gives("3")}),
    }};
    BOOST_TEST(taken_from(server, 3) == (std::vector<std::string>{"1 abc", "2 mailbox_refused", "3 abc"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_last_message_is_held_against_the_one_before) {
    const Server server{{
        opening({examine, found("1:3", "1 2"), sizes("1:2", {1, 2}), refuses}),
        opening({examine, found("1:3", "1 2"), sizes("1", {1}), gives("1"), sizes("2", {2}), refuses}),
        opening(
            {examine, found("2:3", "2"), found("1:1", "1"), gives_an_octet("1"), sizes("2", {2}), refuses}),
        opening({examine, found("2:3", "2")}),
    }};
    BOOST_TEST(taken_from(server, 2) == (std::vector<std::string>{"1 abc", "2 mailbox_refused"}),
               boost::test_tools::per_element());
}

// Each pause cost a message, which was then told of as one that cannot be had.
BOOST_AUTO_TEST_CASE(a_server_that_gives_nothing_for_a_while_costs_no_message) {
    const Server server{{
        opening({examine, found("1:3", "1 2 3"), sizes("1:3", {1, 2, 3}), refuses}),
        opening({examine, found("1:3", "1 2 3"), sizes("1", {1}), refuses}),
        opening({examine, found("1:3", "1 2 3"), refuses, refuses}),
        opening({examine, found("1:3", "1 2 3"), refuses, refuses}),
        opening({examine, found("1:3", "1 2 3"), gives_an_octet("2"), sizes("1", {1}), gives("1"),
                 sizes("2", {2}), gives("2"), sizes("3", {3}), gives("3")}),
    }};
    BOOST_TEST(taken_from(server, 3) == (std::vector<std::string>{"1 abc", "2 abc", "3 abc"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(two_messages_that_cannot_be_had_are_both_left) {
    const Server server{{
        opening({examine, found("1:3", "1 2 3"), sizes("1:3", {1, 2, 3}), refuses}),
        opening({examine, found("1:3", "1 2 3"), sizes("1", {1}), refuses}),
        opening({examine, found("1:3", "1 2 3"), refuses, gives_an_octet("3"), sizes("1", {1}), refuses}),
        opening({examine, found("1:3", "1 2 3"), sizes("2", {2}), refuses}),
        opening({examine, found("2:3", "2 3"), gives_an_octet("3"), sizes("2", {2}), refuses}),
        opening({examine, found("2:3", "2 3"), sizes("3", {3}), gives("3")}),
    }};
    BOOST_TEST(taken_from(server, 3) ==
                   (std::vector<std::string>{"1 mailbox_refused", "2 mailbox_refused", "3 abc"}),
               boost::test_tools::per_element());
}

// With MOVE a folder holds nothing but what has just come.
BOOST_AUTO_TEST_CASE(the_only_message_is_waited_for) {
    const Script refused = opening({examine, found("1:3", "1"), sizes("1", {1}), refuses});
    const Server server{{refused, refused, refused, refused, refused,
                         opening({examine, found("1:3", "1"), sizes("1", {1}), gives("1")})}};
    BOOST_TEST(taken_from(server, 1) == (std::vector<std::string>{"1 abc"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_that_falls_says_less_than_a_refusal) {
    const Step falls = {"UID FETCH", "* BYE not now\r\n"};
    const Script fell = opening({examine, found("1:3", "1 2"), gives_an_octet("2"), sizes("1", {1}), falls});
    const Server server{{opening({examine, found("1:3", "1 2"), sizes("1:2", {1, 2}), falls}),
                         opening({examine, found("1:3", "1 2"), sizes("1", {1}), falls}), fell, fell, fell,
                         opening({examine, found("1:3", "1 2"), sizes("2", {2}), gives("2")})}};
    BOOST_TEST(taken_from(server, 2) == (std::vector<std::string>{"1 mailbox_refused", "2 abc"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_was_had_at_last_is_not_given_up_when_it_cannot_be_kept) {
    const Server server{{
        opening({examine, found("1:3", "1 2"), sizes("1:2", {1, 2}), refuses}),
        opening({examine, found("1:3", "1 2"), sizes("1", {1}), refuses}),
        opening({examine, found("1:3", "1 2"), gives_an_octet("2"), sizes("1", {1}), gives("1")}),
        opening({examine, found("1:3", "1 2"), sizes("1", {1}), gives("1")}),
    }};
    ImapPlace place;
    place.account = server.account();
    ImapMailbox mailbox{place};
    for (int round = 0; round < 2; ++round) BOOST_TEST(!mailbox.next({}));
    BOOST_TEST(static_cast<bool>(mailbox.next({})));
    mailbox.close();  // the disk is full
    const auto batch = mailbox.next({});
    BOOST_REQUIRE(batch);
    BOOST_REQUIRE(batch->arrivals.size() == 1u);
    BOOST_TEST(!batch->arrivals.front().trouble);
    BOOST_TEST(server.surprises().empty());
}

BOOST_AUTO_TEST_CASE(what_could_not_be_had_stays_where_it_is) {
    const Server server{{{hello,
                          login,
                          {"CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN MOVE\r\n@ OK\r\n"},
                          {"SELECT \"INBOX\"", examine.answer},
                          found("1:3", "1 2 3"),
                          {"UID MOVE 1,3 \"Gelezen\"", "@ OK x\r\n"},
                          found("4:", "")}}};
    ImapPlace place;
    place.account = server.account();
    place.move_to = "Gelezen";
    place.uid_validity = 7;
    place.last_uid = 3;
    place.not_had = {2};
    ImapMailbox mailbox{place};
    BOOST_TEST(static_cast<bool>(mailbox.next({})));
    for (const std::string& surprise : server.surprises()) BOOST_TEST_MESSAGE(surprise);
    BOOST_TEST(server.surprises().empty());
}
