#include "smtp_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <deque>
#include <fstream>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "smtp_dialogue.hpp"

namespace world {
namespace {

constexpr std::size_t records_in_memory = 100'000;
constexpr std::size_t messages_in_memory = 1'000;

struct FreeTls {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

bool fits(std::string_view pattern, std::string_view text) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == text;
    if (!text.starts_with(pattern.substr(0, star))) return false;
    pattern.remove_prefix(star + 1);
    for (std::size_t from = star; from <= text.size(); ++from)
        if (fits(pattern, text.substr(from))) return true;
    return false;
}

std::optional<Moment> moment_named(std::string_view name) {
    constexpr std::pair<std::string_view, Moment> names[] = {
        {"connect", Moment::connect}, {"hello", Moment::hello}, {"mail", Moment::mail},
        {"rcpt", Moment::recipient},  {"data", Moment::data},   {"body", Moment::body},
        {"dot", Moment::dot}};
    for (const auto& [known, moment] : names)
        if (known == name) return moment;
    return std::nullopt;
}

bool read_number(std::string_view text, int& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

class Running final : public SmtpServer::Shared {
public:
    explicit Running(ServerSettings settings)
        : settings_{std::move(settings)}, uses_(settings_.rules.size(), 0) {
        std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that are gone
        if (!settings_.certificate.empty()) load_certificate();
        if (!settings_.record.empty()) {
            record_ = ::open(settings_.record.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
            if (record_ < 0)
                throw std::runtime_error{"the record " + settings_.record.string() + " cannot be opened"};
        }
        if (!settings_.maildir.empty()) std::filesystem::create_directories(settings_.maildir / "new");
        listen();
        accepting_ = std::jthread{[this](const std::stop_token& stop) { accept(stop); }};
    }

    ~Running() override {
        accepting_.request_stop();
        ::shutdown(listener_, SHUT_RDWR);
        accepting_.join();
        {
            const std::lock_guard guard{mutex_};
            for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
        }
        clients_.clear();
        ::close(listener_);
        if (record_ >= 0) ::close(record_);
    }

    const ServerSettings& settings() const override { return settings_; }
    SSL_CTX* tls() const override { return tls_.get(); }
    void greeted() override { ++hellos_; }
    void wait(int seconds) override {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{seconds};
        const std::stop_token stop = accepting_.get_stop_token();
        while (std::chrono::steady_clock::now() < until && !stop.stop_requested())
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }

    std::optional<Rule> rule(Moment moment, const std::string& recipient) override {
        const std::lock_guard guard{mutex_};
        for (std::size_t i = 0; i < settings_.rules.size(); ++i) {
            const Rule& rule = settings_.rules[i];
            if (rule.moment != moment || !fits(rule.recipient, recipient)) continue;
            if (rule.times != 0 && uses_[i] >= rule.times) continue;
            ++uses_[i];
            return rule;
        }
        return std::nullopt;
    }

    void record(Recorded recorded) override {
        const std::lock_guard guard{mutex_};
        if (record_ >= 0) {
            const std::string line = std::to_string(recorded.milliseconds) + '\t' + recorded.point + '\t' +
                                     recorded.sender + '\t' + recorded.recipient + '\t' +
                                     recorded.message_id + '\t' + std::to_string(recorded.message.size()) +
                                     '\t' + recorded.digest + '\n';
            if (::write(record_, line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
                (settings_.sync && ::fdatasync(record_) != 0))
                ::abort();  // a record with a hole would acquit a sender that repeats itself
        }
        if (!settings_.maildir.empty()) {
            const std::string name =
                std::to_string(recorded.milliseconds) + '.' + std::to_string(messages_) + ".world.eml";
            std::ofstream{settings_.maildir / "new" / name, std::ios::binary} << recorded.message;
        }
        ++messages_;
        records_.push_back(std::move(recorded));
        if (records_.size() > messages_in_memory)
            records_[records_.size() - 1 - messages_in_memory].message.clear();
        if (records_.size() > records_in_memory) records_.pop_front();
    }

    std::vector<Recorded> recorded() const {
        const std::lock_guard guard{mutex_};
        return {records_.begin(), records_.end()};
    }
    std::uint16_t port() const { return port_; }
    std::uint64_t messages() const {
        const std::lock_guard guard{mutex_};
        return messages_;
    }
    std::uint64_t connections() const { return connections_; }
    std::uint64_t hellos() const { return hellos_; }

private:
    void load_certificate() {
        tls_.reset(SSL_CTX_new(TLS_server_method()));
        if (SSL_CTX_use_certificate_chain_file(tls_.get(), settings_.certificate.c_str()) != 1 ||
            SSL_CTX_use_PrivateKey_file(tls_.get(), settings_.certificate.c_str(), SSL_FILETYPE_PEM) != 1)
            throw std::runtime_error{"the certificate " + settings_.certificate.string() + " cannot be used"};
    }

    void listen() {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int yes = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(settings_.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 128) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error{"port " + std::to_string(settings_.port) + " cannot be listened on"};
        port_ = ntohs(address.sin_port);
    }

    void accept(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0) {
                if (errno == EINTR || errno == ECONNABORTED) continue;
                return;
            }
            const int yes = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            ++connections_;
            const std::lock_guard guard{mutex_};
            open_.push_back(socket);
            std::erase_if(clients_, [](const Client& client) { return client.done->load(); });
            auto done = std::make_shared<std::atomic<bool>>(false);
            clients_.push_back({done, std::jthread{[this, socket, done] {
                                    {
                                        Line line{socket};
                                        serve(*this, line);
                                        const std::lock_guard inner{mutex_};
                                        std::erase(open_, socket);
                                    }
                                    *done = true;
                                }}});
        }
    }

    struct Client {
        std::shared_ptr<std::atomic<bool>> done;
        std::jthread thread;
    };

    ServerSettings settings_;
    std::unique_ptr<SSL_CTX, FreeTls> tls_;
    int listener_ = -1;
    int record_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<std::uint64_t> connections_ = 0;
    std::atomic<std::uint64_t> hellos_ = 0;

    mutable std::mutex mutex_;  // guards all below
    std::vector<int> uses_;
    std::deque<Recorded> records_;
    std::uint64_t messages_ = 0;
    std::vector<int> open_;
    std::list<Client> clients_;
    std::jthread accepting_;
};

}  // namespace

std::optional<Rule> Rule::parse(const std::string& text) {
    Rule rule;
    const std::size_t equals = text.rfind('=');
    const std::size_t colon = text.find(':', equals == std::string::npos ? 0 : equals);
    if (equals == std::string::npos || colon == std::string::npos) return std::nullopt;
    rule.recipient = text.substr(0, equals);
    const auto moment = moment_named(text.substr(equals + 1, colon - equals - 1));
    if (!moment) return std::nullopt;
    rule.moment = *moment;
    std::string action = text.substr(colon + 1);
    if (const std::size_t times = action.rfind('x'); times != std::string::npos) {
        if (!read_number(std::string_view{action}.substr(times + 1), rule.times)) return std::nullopt;
        action.resize(times);
    }
    if (action == "drop")
        rule.manner = Manner::drop;
    else if (action == "drop-unrecorded")
        rule.manner = Manner::drop_unrecorded;
    else if (action == "garbage")
        rule.manner = Manner::garbage;
    else if (action.starts_with("late")) {
        rule.manner = Manner::late;
        if (!read_number(std::string_view{action}.substr(4), rule.number)) return std::nullopt;
    } else if (!read_number(action, rule.number)) {
        return std::nullopt;
    }
    return rule;
}

namespace {
Running& running(SmtpServer::Shared& shared) {
    return static_cast<Running&>(shared);
}
}  // namespace

SmtpServer::SmtpServer(ServerSettings settings) : shared_{std::make_unique<Running>(std::move(settings))} {}
SmtpServer::~SmtpServer() = default;
std::uint16_t SmtpServer::port() const {
    return running(*shared_).port();
}
std::vector<Recorded> SmtpServer::recorded() const {
    return running(*shared_).recorded();
}
std::uint64_t SmtpServer::messages() const {
    return running(*shared_).messages();
}
std::uint64_t SmtpServer::connections() const {
    return running(*shared_).connections();
}
std::uint64_t SmtpServer::hellos() const {
    return running(*shared_).hellos();
}

}  // namespace world
