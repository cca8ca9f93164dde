// A relay for tests and for the demo, on this machine only: takes mail over SMTP, writes down each message
// that it accepts *before* it says so, and misbehaves on demand, per recipient. What it wrote down is the
// truth against which a sender is judged. Threads: one per connection; recorded() may be called at any time.
//
// The record is a line per message taken: unix time in milliseconds, point, sender, recipient, Message-ID,
// bytes, SHA-256 of the message, apart by tabs. Point is "replied" (a 250 went out, or was about to) or
// "silent" (the line was dropped instead).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace world {

enum class Moment { connect, hello, mail, recipient, data, body, dot };
enum class Manner {
    code,             // answer with `number` (a 2yz or 3yz one where the dialogue goes on)
    drop,             // close the connection instead of answering; at the dot: take the message first
    drop_unrecorded,  // at the dot: close without having taken the message
    late,             // at the dot: take the message, answer after `number` seconds
    garbage,          // answer with something that is no SMTP
};

// One misbehaviour: for whom, when, how, and how often (0: always).
struct Rule {
    std::string recipient = "*";  // with '*' as wild card; only "*" can match before the recipient is known
    Moment moment = Moment::dot;
    Manner manner = Manner::code;
    int number = 250;
    int times = 0;

    // "PATTERN=MOMENT:ACTION[xTIMES]": "*@full.example=rcpt:452x1", "*=dot:drop", "a@*=dot:late20". Moments:
    // connect, hello, mail, rcpt, data, body, dot; actions: a code, drop, drop-unrecorded, lateSECONDS,
    // garbage.
    static std::optional<Rule> parse(const std::string& text);
};

struct ServerSettings {
    std::uint16_t port = 0;         // 0: any free one
    std::filesystem::path record;   // empty: in memory only
    std::filesystem::path maildir;  // empty: messages are not kept
    bool sync = true;               // fdatasync each line of the record
    std::vector<std::string> advertise = {"PIPELINING", "SIZE 52428800", "DSN", "ENHANCEDSTATUSCODES"};
    bool knows_ehlo = true;
    bool data_anyway = false;        // 354 to DATA although the recipient was refused
    bool chatty_before_tls = false;  // sends bytes between STARTTLS and the handshake, as an attacker would
    std::filesystem::path certificate;  // PEM with key; empty: no TLS
    bool implicit_tls = false;
    std::string user, secret;  // not empty: AUTH PLAIN, LOGIN and XOAUTH2 are offered and one is required
    std::vector<Rule> rules;   // the first that fits counts
};

struct Recorded {
    std::int64_t milliseconds = 0;
    std::string point, sender, recipient, message_id, digest;
    std::string message;  // as received, unstuffed; only if kept in memory
    std::string mail_parameters, recipient_parameters;
};

class SmtpServer {
public:
    // Throws std::runtime_error if the port or the record cannot be had.
    explicit SmtpServer(ServerSettings settings);
    ~SmtpServer();  // closes all connections
    SmtpServer(const SmtpServer&) = delete;
    SmtpServer& operator=(const SmtpServer&) = delete;

    std::uint16_t port() const;
    std::vector<Recorded> recorded()
        const;  // in memory: the last 100,000 without, the last 1,000 with their bytes
    std::uint64_t messages() const;
    std::uint64_t connections() const;
    std::uint64_t hellos() const;

    class Shared;

private:
    std::unique_ptr<Shared> shared_;
};

}  // namespace world
