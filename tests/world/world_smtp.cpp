// world_smtp: the recording server as a program. Prints "port N" once it listens, and serves until it is told
// to end.
#include <csignal>
#include <iostream>
#include <sstream>

#include "certificate.hpp"
#include "smtp_server.hpp"

namespace {

constexpr const char* usage = R"(world_smtp [options]
  --port N               port on 127.0.0.1 (default: any free one)
  --record FILE          append a line per message taken, before it is answered
  --maildir FOLDER       keep each message in FOLDER/new/*.eml
  --no-sync              do not sync the record to the disk
  --rule RULE            PATTERN=MOMENT:ACTION[xTIMES], e.g. '*@full.example=rcpt:452x1', '*=dot:late20';
                         MOMENT: connect hello mail rcpt data body dot
                         ACTION: a code, drop, drop-unrecorded, lateSECONDS, garbage; may be given several times
  --advertise A,B        what EHLO offers (default: PIPELINING,SIZE 52428800,DSN,ENHANCEDSTATUSCODES)
  --no-ehlo              knows HELO only
  --data-anyway          354 to DATA although the recipient was refused
  --certificate FILE     PEM with key: offers STARTTLS
  --make-certificate HOST  makes that file first, self-signed, for HOST
  --implicit-tls         TLS from the first byte
  --user NAME --secret WORD  offers and demands AUTH PLAIN, LOGIN or XOAUTH2
)";

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream in{text};
    for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
    return parts;
}

int run(const std::vector<std::string>& words) {
    world::ServerSettings settings;
    std::string certificate_for;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& option = words[i];
        if (option == "--no-sync")
            settings.sync = false;
        else if (option == "--no-ehlo")
            settings.knows_ehlo = false;
        else if (option == "--data-anyway")
            settings.data_anyway = true;
        else if (option == "--implicit-tls")
            settings.implicit_tls = true;
        else if (i + 1 == words.size())
            throw std::runtime_error{option + " is unknown or lacks its value\n" + usage};
        else {
            const std::string& value = words[++i];
            if (option == "--port")
                settings.port = static_cast<std::uint16_t>(std::stoi(value));
            else if (option == "--record")
                settings.record = value;
            else if (option == "--maildir")
                settings.maildir = value;
            else if (option == "--advertise")
                settings.advertise = split(value);
            else if (option == "--certificate")
                settings.certificate = value;
            else if (option == "--make-certificate")
                certificate_for = value;
            else if (option == "--user")
                settings.user = value;
            else if (option == "--secret")
                settings.secret = value;
            else if (option == "--rule") {
                const auto rule = world::Rule::parse(value);
                if (!rule)
                    throw std::runtime_error{"the rule \"" + value + "\" cannot be understood\n" + usage};
                settings.rules.push_back(*rule);
            } else {
                throw std::runtime_error{option + " is unknown\n" + usage};
            }
        }
    }
    if (!certificate_for.empty()) world::make_certificate(settings.certificate, certificate_for);

    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);  // before any thread exists, so that all inherit it
    const world::SmtpServer server{std::move(settings)};
    std::cout << "port " << server.port() << std::endl;
    int received = 0;
    sigwait(&ends, &received);
    std::cout << "messages " << server.messages() << std::endl;
    return 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        return run({words + 1, words + count});
    } catch (const std::exception& problem) {
        std::cerr << "world_smtp: " << problem.what() << "\n";
        return 2;
    }
}
