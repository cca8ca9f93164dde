#include "core/intake/imap_talk.hpp"

#include "core/base64.hpp"
#include "core/intake/imap_words.hpp"
#include "core/intake/limits.hpp"

#include <algorithm>
#include <utility>

namespace raadspost::intake {

using post::LineState;
using post::Patience;
using Clock = std::chrono::steady_clock;

namespace {

constexpr Patience farewell_patience{100};

bool is_loopback(const std::string& host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool has_line_end(std::string_view text) {
    return text.find_first_of(std::string_view{"\r\n\0", 3}) != std::string_view::npos;
}

}  // namespace

Problem ImapTalk::problem(const std::string& id, const std::string& why) const {
    return {id, account_.host, why, "The mailbox at " + account_.host + ": " + why + "."};
}

Problem ImapTalk::fell(LineState state) const {
    switch (state) {
        case LineState::timed_out:
            return problem("mailbox_timed_out", "no answer came in time");
        case LineState::stopped:
            return problem("mailbox_stopped", "asked to stop");
        case LineState::fine:
        case LineState::closed:
            break;
    }
    return problem("mailbox_line_fell", "the connection was closed");
}

Result<std::unique_ptr<ImapTalk>> ImapTalk::open(const ImapAccount& account, std::stop_token stop) {
    const auto unusable = [&](const std::string& id, const std::string& why) {
        return Problem{id, account.host, why, "The mailbox at " + account.host + ": " + why + "."};
    };
    if (account.host.empty() || account.port == 0)
        return unusable("mailbox_settings_invalid", "host and port are needed");
    if (account.login != Login::none && !account.secret)
        return unusable("mailbox_settings_invalid", "a login needs a password or token");
    if (account.login != Login::none && account.security == Security::none && !is_loopback(account.host))
        return unusable("mailbox_password_in_clear", "a password is sent under TLS only");
    Result<post::Socket> socket =
        post::Socket::open(account.host, account.port, account.timeouts.connect, stop);
    if (!socket) return unusable("mailbox_unreachable", socket.problem().found);
    auto talk = std::make_unique<ImapTalk>(account, *std::move(socket), std::move(stop));
    if (account.security == Security::tls)
        if (auto done = talk->secure(); !done) return done.problem();
    if (auto done = talk->greet(); !done) return done.problem();
    if (account.login != Login::none)
        if (auto done = talk->log_in(); !done) return done.problem();
    // After the login a server may offer more; whether it says so by itself is its choice.
    if (auto done = talk->ask_capabilities(); !done) return done.problem();
    return talk;
}

Result<Done> ImapTalk::secure() {
    const auto done =
        connection_.start_tls(account_.host, account_.authority_file, account_.timeouts.connect);
    if (!done) return problem("mailbox_tls_failed", done.problem().found);
    return Done{};
}

Result<Done> ImapTalk::greet() {
    const auto greeting = hear(account_.timeouts.command);
    if (!greeting) return greeting.problem();
    if (!*greeting) return fell(LineState::timed_out);
    const ImapReply& said = **greeting;
    if (said.is_untagged("BYE")) return problem("mailbox_refused", said.text);
    // Who is let in without a login, as PREAUTH says, is let in as somebody else.
    if (!said.is_untagged("OK")) return problem("mailbox_no_imap", "its greeting is none of IMAP");
    take_capabilities(said);
    if (account_.security != Security::starttls) {
        if (capabilities_.empty()) return ask_capabilities();
        return Done{};
    }
    // What it offered in the clear, anybody on the line may have said.
    const auto begun = ask("STARTTLS");
    if (!begun) return begun.problem();
    if (!begun->agreed) return problem("mailbox_tls_failed", "STARTTLS was refused: " + begun->text);
    if (parser_.has_rest())
        return problem("mailbox_tls_failed",
                       "bytes came between STARTTLS and the handshake; someone may be on the line");
    if (auto done = secure(); !done) return done.problem();
    return ask_capabilities();
}

Result<Done> ImapTalk::ask_capabilities() {
    const auto answer = ask("CAPABILITY");
    if (!answer) return answer.problem();
    if (!answer->agreed || !offers("IMAP4REV1"))
        return problem("mailbox_no_imap", "the server does not offer IMAP4rev1");
    return Done{};
}

void ImapTalk::take_capabilities(const ImapReply& reply) {
    std::vector<std::string> words;
    if (reply.is_untagged("CAPABILITY")) {
        for (const ImapToken& token : reply.tokens)
            if (token.kind == ImapToken::Kind::atom) words.push_back(token.text);
    } else if (reply.code == "CAPABILITY") {
        for (std::string_view rest = reply.code_value; !rest.empty();) {
            const std::size_t end = std::min(rest.find(' '), rest.size());
            if (end > 0) words.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    if (words.empty()) return;
    capabilities_.clear();
    for (std::string& word : words) {
        std::ranges::transform(word, word.begin(), [](char letter) {
            return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
        });
        capabilities_.insert(std::move(word));
    }
}

Result<Done> ImapTalk::log_in() {
    Result<std::string> secret = account_.secret();
    if (!secret) return secret.problem();
    if (has_line_end(account_.user) || has_line_end(*secret))
        return problem("mailbox_settings_invalid", "user name and password are one line each");
    const auto answer = account_.login == Login::bearer_token
                            ? authenticate("XOAUTH2", "user=" + account_.user +
                                                          "\x01"
                                                          "auth=Bearer " +
                                                          *secret + "\x01\x01")
                            : log_in_with_password(*secret);
    if (!answer) return answer.problem();
    if (!answer->agreed) return problem("mailbox_login_refused", answer->text);
    return Done{};
}

Result<Answer> ImapTalk::log_in_with_password(const std::string& secret) {
    using namespace std::string_literals;
    if (offers("AUTH=PLAIN")) return authenticate("PLAIN", "\0"s + account_.user + "\0"s + secret);
    const auto user = imap_quoted(account_.user), password = imap_quoted(secret);
    if (offers("LOGINDISABLED") || !user || !password)
        return problem("mailbox_login_refused", "the server does not offer AUTH=PLAIN, which is needed here");
    return ask("LOGIN " + *user + ' ' + *password);
}

Result<Answer> ImapTalk::authenticate(const std::string& mechanism, const std::string& response) {
    if (!offers("AUTH=" + mechanism))
        return problem("mailbox_login_refused", "the server does not offer AUTH=" + mechanism);
    const std::string encoded = base64(response);
    if (offers("SASL-IR")) {
        // A challenge tells why a token is refused, as JSON; an empty answer brings the verdict.
        return ask("AUTHENTICATE " + mechanism + ' ' + encoded, "\r\n");
    }
    const auto tag = begin("AUTHENTICATE " + mechanism);
    if (!tag) return tag.problem();
    const auto go_on = hear(account_.timeouts.command);
    if (!go_on) return go_on.problem();
    if (!*go_on) return fell(LineState::timed_out);
    if ((*go_on)->tag == *tag) return Answer{false, (*go_on)->code, (*go_on)->code_value, (*go_on)->text};
    if ((*go_on)->tag != "+") return problem("mailbox_no_imap", "no go-ahead came for AUTHENTICATE");
    if (auto said = say(encoded + "\r\n"); !said) return said.problem();
    return await(*tag, {}, "\r\n");
}

Result<Answer> ImapTalk::ask(const std::string& command, const Listen& listen) {
    return ask(command, {}, listen);
}

Result<Answer> ImapTalk::ask(const std::string& command, std::string_view more, const Listen& listen) {
    const auto tag = begin(command);
    if (!tag) return tag.problem();
    return await(*tag, listen, more);
}

Result<std::string> ImapTalk::begin(const std::string& command) {
    const std::string tag = 'a' + std::to_string(++last_tag_);
    if (auto said = say(tag + ' ' + command + "\r\n"); !said) return said.problem();
    return tag;
}

Result<Done> ImapTalk::say(std::string_view bytes) {
    if (!usable_) return fell(LineState::closed);
    std::size_t ignored = 0;
    const LineState state = connection_.write({&bytes, 1}, account_.timeouts.command, ignored);
    if (state == LineState::fine) return Done{};
    usable_ = false;
    return fell(state);
}

Result<std::optional<ImapReply>> ImapTalk::hear(Patience silence, std::optional<Instant> latest) {
    auto until = Clock::now() + silence;
    while (usable_) {
        if (auto reply = parser_.next()) {
            take_capabilities(*reply);
            return std::optional{*std::move(reply)};
        }
        if (parser_.broken()) {
            usable_ = false;
            return problem("mailbox_no_imap", "what it says is no IMAP, or too much of it");
        }
        std::string bytes;
        if (latest) until = std::min(until, *latest);
        const auto left = std::chrono::ceil<Patience>(until - Clock::now());
        const LineState state = connection_.read(bytes, std::max(left, Patience::zero()));
        if (state == LineState::timed_out) return std::optional<ImapReply>{};
        if (state != LineState::fine) {
            usable_ = false;
            return fell(state);
        }
        parser_.feed(bytes);
        until = Clock::now() + silence;
    }
    return fell(LineState::closed);
}

Result<Answer> ImapTalk::await(const std::string& tag, const Listen& listen, std::string_view more) {
    const auto until = Clock::now() + account_.timeouts.whole;
    for (std::size_t heard = 0; heard < limits::replies_unasked; ++heard) {
        auto next = hear(account_.timeouts.command, until);
        if (!next) return next.problem();
        if (!*next) {
            usable_ = false;
            return fell(LineState::timed_out);
        }
        ImapReply& reply = **next;
        if (reply.tag == tag) return Answer{reply.word == "OK", reply.code, reply.code_value, reply.text};
        if (reply.tag == "+") {
            if (more.empty()) break;
            if (auto said = say(more); !said) return said.problem();
            more = {};
            continue;
        }
        if (reply.tag != "*") break;
        if (reply.word == "BYE") {
            usable_ = false;
            return problem("mailbox_line_fell", "the server says good-bye: " + reply.text);
        }
        if (listen) listen(std::move(reply));
    }
    usable_ = false;
    return problem("mailbox_no_imap", "it answers something that was not asked");
}

void ImapTalk::farewell() {
    if (!usable_) return;
    usable_ = false;
    constexpr std::string_view logout = "bye LOGOUT\r\n";
    std::size_t ignored = 0;
    (void)connection_.write({&logout, 1}, farewell_patience, ignored);
}

}  // namespace raadspost::intake
