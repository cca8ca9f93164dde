// Sending alone: ready messages through the SMTP client and the journal's group commit into Postfix's
// smtp-sink, against smtp-source -d with as many connections and bytes in the same run. bench_smtp [MESSAGES
// [FOLDER]]; the journal lies in FOLDER, which should be on the disk that will be used in earnest. Exit 1 if
// a message was not accepted or a ratio is below 0.25.
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/post/compose.hpp"
#include "core/post/journal.hpp"
#include "core/post/smtp.hpp"
#include "free_port.hpp"

using namespace raadspost;
using namespace raadspost::post;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double wanted_ratio = 0.25;

double since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

class Program {
public:
    explicit Program(std::vector<std::string> words) {
        std::vector<char*> raw;
        for (std::string& word : words) raw.push_back(word.data());
        raw.push_back(nullptr);
        if (::posix_spawn(&id_, raw[0], nullptr, nullptr, raw.data(), environ) != 0)
            throw std::runtime_error{words[0] + " cannot be started (Debian package postfix)"};
    }
    ~Program() {
        if (id_ > 0) ::kill(id_, SIGTERM);
        wait();
    }
    int wait() {
        int status = 0;
        if (id_ > 0) ::waitpid(id_, &status, 0);
        id_ = 0;
        return status;
    }

private:
    pid_t id_ = 0;
};

struct Sent {
    double rate;
    std::uint64_t syncs;
    bool all_accepted;
};

Sent ours(std::uint16_t port, int connections, int messages, const std::string& bytes,
          const std::filesystem::path& folder) {
    auto journal = Journal::create(real_disk(), folder, new_journal_id());
    if (!journal) throw std::runtime_error{journal.problem().text};
    std::atomic<int> next = 0, accepted = 0;
    const auto begin = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < connections; ++i)
            threads.emplace_back([&] {
                Relay relay;
                relay.host = "127.0.0.1";
                relay.port = port;
                SmtpSession session{relay};
                for (int dispatch; (dispatch = ++next) <= messages;) {
                    const auto submission = session.submit(
                        {"bounce+abc@post.example", "griffie@aadorp.example", "d" + std::to_string(dispatch)},
                        bytes, [&] { return static_cast<bool>((*journal)->mark_dot(dispatch, 1)); });
                    if (!submission) return;
                    (void)(*journal)->mark_reply(dispatch, 1, *submission);
                    accepted += submission->outcome == Outcome::accepted;
                }
            });
    }
    const double rate = messages / since(begin);
    const std::uint64_t syncs = (*journal)->syncs();
    const std::string id = (*journal)->id();
    journal->reset();
    (void)remove_journal(real_disk(), folder, id);
    return {rate, syncs, accepted == messages};
}

double smtp_source(std::uint16_t port, int connections, int messages, std::size_t bytes) {
    const auto begin = Clock::now();
    Program source{{"/usr/sbin/smtp-source", "-d", "-s", std::to_string(connections), "-m",
                    std::to_string(messages), "-l", std::to_string(bytes), "-f", "a@post.example", "-t",
                    "b@aadorp.example", "127.0.0.1:" + std::to_string(port)}};
    if (source.wait() != 0) throw std::runtime_error{"smtp-source failed"};
    return messages / since(begin);
}

double sync_rate(const std::filesystem::path& folder) {
    const auto path = folder / "sync-rate";
    auto file = real_disk().create(path);
    if (!file) throw std::runtime_error{file.problem().text};
    constexpr int count = 500;
    const auto begin = Clock::now();
    for (int i = 0; i < count; ++i) {
        (void)(*file)->append("twenty-five bytes a line\n");
        (void)(*file)->sync();
    }
    const double rate = count / since(begin);
    (void)real_disk().remove(path);
    return rate;
}

Mail sample(std::size_t letter_bytes) {
    Mail mail;
    mail.from = {"Vereniging", "post@post.example"};
    mail.to = {"Griffie Súdwest-Fryslân", "griffie@aadorp.example"};
    mail.subject = "Oproep aan de raad";
    mail.message_id = "d1.x@post.example";
    mail.unsubscribe_url = "https://post.example/u/abcdefghijklmnop";
    for (int i = 0; i < 20; ++i)
        mail.text += "Een regel van een brief aan de griffie, zo lang als regels plegen te zijn.\n";
    mail.html = "<p>" + mail.text + "</p>";
    if (letter_bytes > 0)
        mail.attachments = {{"brief.pdf", "application/pdf", std::string(letter_bytes, 'p')}};
    return mail;
}

void compose_rates() {
    for (const std::size_t letter : {0u, 35'000u}) {
        const Mail mail = sample(letter);
        constexpr int count = 3000;
        const std::clock_t begin = std::clock();
        std::size_t bytes = 0;
        for (int i = 0; i < count; ++i) bytes = compose(mail)->size();
        const double spent = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        std::printf("compose, %zu bytes: %.0f per second of processor time\n", bytes, count / spent);
    }
}

int run(int messages, const std::filesystem::path& folder) {
    const std::uint16_t port = world::free_port();
    const std::string at = "127.0.0.1:" + std::to_string(port);
    Program sink{::geteuid() == 0 ? std::vector<std::string>{"/usr/sbin/smtp-sink", "-u", "nobody", at, "512"}
                                  : std::vector<std::string>{"/usr/sbin/smtp-sink", at, "512"}};
    std::this_thread::sleep_for(std::chrono::milliseconds{300});

    compose_rates();
    std::printf("fdatasync: %.0f/s\n", sync_rate(folder));
    std::printf("%-8s %-12s %12s %14s %8s %8s\n", "bytes", "connections", "messages/s", "smtp-source/s",
                "ratio", "syncs");
    bool good = true;
    for (const std::size_t bytes : {4'096u, 61'440u})
        for (const int connections : {2, 10}) {
            std::string message = "Subject: maat\r\nMessage-ID: <m@post.example>\r\n\r\n";
            while (message.size() + 78 <= bytes) message += std::string(76, 'x') + "\r\n";
            const Sent sent = ours(port, connections, messages, message, folder);
            const double theirs = smtp_source(port, connections, messages, bytes);
            const double ratio = sent.rate / theirs;
            std::printf("%-8zu %-12d %12.0f %14.0f %8.2f %8llu%s\n", message.size(), connections, sent.rate,
                        theirs, ratio, static_cast<unsigned long long>(sent.syncs),
                        sent.all_accepted ? "" : "  not all accepted");
            good = good && sent.all_accepted && ratio >= wanted_ratio;
        }
    return good ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
    try {
        return run(count > 1 ? std::stoi(words[1]) : 5000,
                   count > 2 ? words[2] : std::filesystem::temp_directory_path().string());
    } catch (const std::exception& problem) {
        std::cerr << "bench_smtp: " << problem.what() << "\n";
        return 2;
    }
}
