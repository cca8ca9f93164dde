// The client against Postfix's own smtp-sink (Debian package postfix): another implementation of the other
// end, and with "-q ." the uncertain case as it happens in life: the message is taken and the line dropped
// without a reply.
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/post/compose.hpp"
#include "core/post/smtp.hpp"
#include "free_port.hpp"

using namespace raadspost;
using namespace raadspost::post;
using namespace std::chrono_literals;

namespace {

constexpr const char* program = "/usr/sbin/smtp-sink";

// smtp-sink in a folder of its own, where it writes each message into a file.
class Sink {
public:
    explicit Sink(std::vector<std::string> options) : port_{world::free_port()} {
        std::string name = (std::filesystem::temp_directory_path() / "raadspost-sink-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        ::chmod(name.c_str(), 0777);  // run by root, it becomes nobody
        std::vector<std::string> words = {program, "-d"};
        if (::geteuid() == 0) {
            words.insert(words.end(), {"d.%H%M%S.", "-R", name, "-u", "nobody"});
        } else {
            words.push_back(name + "/d.%H%M%S.");
        }
        words.insert(words.end(), options.begin(), options.end());
        words.insert(words.end(), {"127.0.0.1:" + std::to_string(port_), "64"});
        std::vector<char*> raw;
        for (std::string& word : words) raw.push_back(word.data());
        raw.push_back(nullptr);
        BOOST_REQUIRE(::posix_spawn(&id_, program, nullptr, nullptr, raw.data(), environ) == 0);
        BOOST_REQUIRE(soon([&] { return SmtpSession{relay()}.try_connection().stage != Stage::connect; }));
    }
    ~Sink() {
        ::kill(id_, SIGTERM);
        ::waitpid(id_, nullptr, 0);
        std::filesystem::remove_all(folder_);
    }
    Relay relay() const {
        Relay relay;
        relay.host = "127.0.0.1";
        relay.port = port_;
        relay.timeouts.greeting = relay.timeouts.command = relay.timeouts.dot = 60s;
        return relay;
    }
    // It writes a file by itself, at a moment of its own.
    bool soon(const std::function<bool()>& condition) const {
        const auto until = std::chrono::steady_clock::now() + 60s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > until) return false;
            std::this_thread::sleep_for(20ms);
        }
        return true;
    }
    // How often the text occurs in all that was taken.
    std::size_t count(const std::string& text) const {
        std::size_t found = 0;
        for (const auto& entry : std::filesystem::directory_iterator{folder_}) {
            std::ifstream in{entry.path(), std::ios::binary};
            const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
            for (std::size_t at = 0; (at = bytes.find(text, at)) != std::string::npos; ++at) ++found;
        }
        return found;
    }

private:
    std::uint16_t port_;
    std::filesystem::path folder_;
    pid_t id_ = 0;
};

std::string message(int number) {
    Mail mail;
    mail.from = {"Vereniging", "post@post.example"};
    mail.to = {"Griffie", "griffie@aadorp.example"};
    mail.subject = "Oproep";
    mail.message_id = "d" + std::to_string(number) + ".sink@post.example";
    mail.text = "Geachte griffier,\n.\nMet groet\n";
    auto bytes = compose(mail);
    BOOST_REQUIRE(static_cast<bool>(bytes));
    return *bytes;
}

Submission submit(SmtpSession& session, int number) {
    auto submission = session.submit({"bounce+abc@post.example", "griffie@aadorp.example", {}},
                                     message(number), [] { return true; });
    BOOST_REQUIRE(static_cast<bool>(submission));
    return *submission;
}

boost::test_tools::assertion_result has_postfix(boost::unit_test::test_unit_id) {
    if (std::filesystem::exists(program)) return true;
    boost::test_tools::assertion_result absent{false};
    absent.message() << "smtp-sink is not installed (Debian package postfix)";
    return absent;
}

}  // namespace

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(has_postfix))
BOOST_AUTO_TEST_CASE(each_message_is_taken_once) {
    const Sink sink{{}};
    SmtpSession session{sink.relay()};
    for (int number = 0; number < 20; ++number)
        BOOST_TEST(name(submit(session, number).outcome) == "accepted");
    session.close();
    BOOST_TEST(sink.soon([&] { return sink.count("Message-ID: <d") >= 20; }));
    for (int number = 0; number < 20; ++number)
        BOOST_TEST(sink.count("Message-ID: <d" + std::to_string(number) + ".sink@post.example>") == 1u);
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(has_postfix))
BOOST_AUTO_TEST_CASE(taken_without_a_reply_is_uncertain) {
    const Sink sink{{"-q", "."}};
    SmtpSession session{sink.relay()};
    const Submission submission = submit(session, 1);
    BOOST_TEST(name(submission.outcome) == "uncertain");
    BOOST_TEST(name(submission.stage) == "dot");
    BOOST_TEST(!session.connected());
    BOOST_TEST(sink.soon([&] { return sink.count("Message-ID: <d1.sink@post.example>") == 1; }));
}

BOOST_TEST_DECORATOR(*boost::unit_test::precondition(has_postfix))
BOOST_AUTO_TEST_CASE(refusals_of_each_kind) {
    struct Row {
        std::vector<std::string> options;
        std::string outcome;
    };
    for (const Row& row :
         {Row{{"-r", "."}, "deferred"}, Row{{"-f", "."}, "refused"}, Row{{"-r", "RCPT"}, "deferred"},
          Row{{"-f", "RCPT"}, "refused"}, Row{{"-q", "DATA"}, "deferred"}, Row{{"-q", "MAIL"}, "deferred"},
          Row{{"-p"}, "accepted"}, Row{{"-e"}, "accepted"}, Row{{"-Q", "."}, "deferred"}}) {
        const Sink sink{row.options};
        SmtpSession session{sink.relay()};
        BOOST_TEST(name(submit(session, 7).outcome) == row.outcome, row.options.front()
                                                                        << " " << row.options.back());
    }
}
