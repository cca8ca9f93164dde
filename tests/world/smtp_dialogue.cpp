#include "smtp_dialogue.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <chrono>

namespace world {
namespace {

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

std::string base64_bytes(const std::string& text) {
    std::string bytes(text.size() + 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0) return {};
    bytes.resize(static_cast<std::size_t>(size));
    for (std::size_t i = text.size(); i > 0 && text[i - 1] == '=' && !bytes.empty(); --i) bytes.pop_back();
    return bytes;
}

std::string digest_of(const std::string& message) {
    unsigned char bytes[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(message.data()), message.size(), bytes);
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

std::string message_id_of(const std::string& message) {
    const std::string head = message.substr(0, message.find("\r\n\r\n"));
    std::size_t at = 0;
    while (at < head.size()) {
        const std::size_t end = std::min(head.find("\r\n", at), head.size());
        if (upper(head.substr(at, 11)) == "MESSAGE-ID:") {
            const std::size_t open = head.find('<', at), close = head.find('>', at);
            if (open != std::string::npos && close != std::string::npos && close > open)
                return head.substr(open + 1, close - open - 1);
        }
        at = end + 2;
    }
    return {};
}

std::int64_t now_in_milliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

class Dialogue {
public:
    Dialogue(SmtpServer::Shared& shared, Line& line)
        : shared_{shared}, line_{line}, settings_{shared.settings()} {}

    void run() {
        if (settings_.implicit_tls && !line_.accept_tls(shared_.tls())) return;
        if (!ruled(Moment::connect, 220, "world ESMTP") || closing_) return;
        while (!closing_) {
            const std::optional<std::string> line = line_.read_line();
            if (!line || !command(*line)) return;
        }
    }

private:
    bool reply(int code, const std::string& text) {
        if (code == 421) closing_ = true;
        return line_.write(std::to_string(code) + ' ' + text + "\r\n");
    }

    // Answers as a rule wants it or, without one, with `code`. False: the connection is over.
    bool ruled(Moment moment, int code, const std::string& text) {
        answered_ = code;
        const std::optional<Rule> rule = shared_.rule(moment, recipient_);
        if (!rule) return reply(code, text);
        if (rule->manner == Manner::garbage) return line_.write("this is no SMTP\r\n");
        if (rule->manner != Manner::code) return false;
        answered_ = rule->number;
        return reply(rule->number, std::to_string(rule->number / 100) + ".0.0 as ruled");
    }

    bool command(const std::string& line) {
        const std::string word = upper(line.substr(0, line.find(' ')));
        if (word == "EHLO" || word == "HELO") return hello(word == "EHLO");
        if (word == "STARTTLS" && !settings_.certificate.empty() && !line_.under_tls()) return start_tls();
        if (word == "AUTH") return log_in(line);
        if (word == "NOOP") return reply(250, "2.0.0 Ok");
        if (word == "RSET") {
            sender_.reset();
            recipient_.clear();
            return reply(250, "2.0.0 Ok");
        }
        if (word == "QUIT") {
            closing_ = true;
            return reply(221, "2.0.0 Bye");
        }
        if (!settings_.user.empty() && !logged_in_) return reply(530, "5.7.0 log in first");
        if (word == "MAIL") return mail(line);
        if (word == "RCPT") return recipient(line);
        if (word == "DATA") return data();
        return reply(500, "5.5.2 unknown command");
    }

    bool hello(bool extended) {
        if (extended && !settings_.knows_ehlo) return reply(502, "5.5.1 not implemented");
        shared_.greeted();
        if (const std::optional<Rule> rule = shared_.rule(Moment::hello, {}); rule)
            return rule->manner == Manner::code && reply(rule->number, "as ruled");
        if (!extended) return reply(250, "world");
        std::vector<std::string> offers = settings_.advertise;
        if (!settings_.certificate.empty() && !line_.under_tls()) offers.push_back("STARTTLS");
        if (!settings_.user.empty()) offers.push_back("AUTH PLAIN LOGIN XOAUTH2");
        std::string answer = offers.empty() ? "250 world\r\n" : "250-world\r\n";
        for (std::size_t i = 0; i < offers.size(); ++i)
            answer += (i + 1 == offers.size() ? "250 " : "250-") + offers[i] + "\r\n";
        return line_.write(answer);
    }

    bool start_tls() {
        if (settings_.chatty_before_tls)
            line_.write("220 go ahead\r\n250 2.0.0 planted\r\n");
        else
            reply(220, "2.0.0 go ahead");
        line_.forget_input();
        return line_.accept_tls(shared_.tls());
    }

    bool log_in(const std::string& line) {
        using namespace std::string_literals;
        const std::string method = upper(line.substr(5, line.find(' ', 5) - 5));
        const std::string first = line.size() > 6 + method.size() ? line.substr(6 + method.size()) : "";
        if (method == "PLAIN")
            logged_in_ = base64_bytes(first) == "\0"s + settings_.user + "\0"s + settings_.secret;
        if (method == "XOAUTH2") {
            logged_in_ = base64_bytes(first) ==
                         "user=" + settings_.user + "\x01" + "auth=Bearer " + settings_.secret + "\x01\x01";
            if (!logged_in_ && (!reply(334, "eyJzdGF0dXMiOiI0MDEifQ==") || !line_.read_line())) return false;
        }
        if (method == "LOGIN") {
            if (!reply(334, "VXNlcm5hbWU6")) return false;
            const auto user = line_.read_line();
            if (!user || !reply(334, "UGFzc3dvcmQ6")) return false;
            const auto secret = line_.read_line();
            if (!secret) return false;
            logged_in_ = base64_bytes(*user) == settings_.user && base64_bytes(*secret) == settings_.secret;
        }
        return logged_in_ ? reply(235, "2.7.0 welcome") : reply(535, "5.7.8 who are you?");
    }

    static std::string between_brackets(const std::string& line, std::string& parameters) {
        const std::size_t open = line.find('<'), close = line.find('>');
        if (open == std::string::npos || close == std::string::npos || close < open) return {};
        parameters = line.size() > close + 2 ? line.substr(close + 2) : "";
        return line.substr(open + 1, close - open - 1);
    }

    bool mail(const std::string& line) {
        if (sender_) return reply(503, "5.5.1 nested MAIL command");
        const std::string sender = between_brackets(line, mail_parameters_);
        recipient_.clear();
        if (!ruled(Moment::mail, 250, "2.1.0 Ok")) return false;
        if (answered_ / 100 == 2) sender_ = sender;
        return true;
    }

    bool recipient(const std::string& line) {
        if (!sender_) return reply(503, "5.5.1 MAIL first");
        recipient_ = between_brackets(line, recipient_parameters_);
        if (!ruled(Moment::recipient, 250, "2.1.5 Ok")) return false;
        if (answered_ / 100 != 2) recipient_.clear();
        return true;
    }

    bool data() {
        if (recipient_.empty() && !settings_.data_anyway)
            return sender_ ? reply(554, "5.5.1 no valid recipients") : reply(503, "5.5.1 RCPT first");
        if (!ruled(Moment::data, 354, "go ahead")) return false;
        if (answered_ != 354) return true;
        const std::optional<Rule> in_body = shared_.rule(Moment::body, recipient_);
        std::optional<std::string> message = line_.read_message(in_body.has_value());
        if (in_body) {
            if (in_body->manner == Manner::code) reply(in_body->number, "5.0.0 as ruled");
            return false;
        }
        if (!message) return false;
        return dot(*std::move(message));
    }

    bool dot(std::string message) {
        const std::optional<Rule> rule = shared_.rule(Moment::dot, recipient_);
        const bool refused = rule && rule->manner == Manner::code && rule->number / 100 != 2;
        if (rule && rule->manner == Manner::drop_unrecorded) return false;
        const bool silent = rule && (rule->manner == Manner::drop || rule->manner == Manner::garbage);
        std::string queue_id;
        if (!refused && !recipient_.empty()) {
            Recorded recorded{now_in_milliseconds(),  silent ? "silent" : "replied",
                              sender_.value_or(""),   recipient_,
                              message_id_of(message), digest_of(message),
                              std::move(message),     mail_parameters_,
                              recipient_parameters_};
            queue_id = recorded.digest.substr(0, 12);
            shared_.record(std::move(recorded));
        }
        sender_.reset();
        recipient_.clear();
        if (rule && rule->manner == Manner::drop) return false;
        if (rule && rule->manner == Manner::garbage) return line_.write("this is no SMTP\r\n") && false;
        if (rule && rule->manner == Manner::late) shared_.wait(rule->number);
        if (refused) return reply(rule->number, std::to_string(rule->number / 100) + ".7.1 as ruled");
        return reply(250, "2.0.0 Ok: queued as " + queue_id);
    }

    SmtpServer::Shared& shared_;
    Line& line_;
    const ServerSettings& settings_;
    std::optional<std::string> sender_;
    std::string recipient_, mail_parameters_, recipient_parameters_;
    int answered_ = 0;
    bool logged_in_ = false;
    bool closing_ = false;
};

}  // namespace

void serve(SmtpServer::Shared& shared, Line& line) {
    Dialogue{shared, line}.run();
}

}  // namespace world
