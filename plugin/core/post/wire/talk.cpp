#include "core/post/wire/talk.hpp"

#include <algorithm>
#include <charconv>

#include "core/base64.hpp"
#include "core/fold.hpp"

namespace raadspost::post {
namespace {

constexpr int ready = 220, logged_in = 235, challenge = 334;

std::string upper(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    return result;
}

// Whatever the relay says before mail is submitted is no verdict on a message.
Submission about_relay(Stage stage, int code, std::string enhanced, std::string text) {
    return {Outcome::deferred, stage, code, std::move(enhanced), std::move(text), {}, true};
}

Submission unwilling(Stage stage, const Heard& heard) {
    if (!heard.reply) return line_fell(stage, heard.state);
    return about_relay(stage, heard.reply->code, heard.reply->enhanced(), heard.reply->text());
}

// Nothing where all is well.
std::optional<Submission> log_in(const Relay& relay, const Offers& offers, Talk& talk) {
    const Result<std::string> secret = relay.secret();
    if (!secret) return about_relay(Stage::login, 0, {}, secret.problem().text);
    Heard heard;
    if (relay.login == Login::bearer_token) {
        if (!offers.xoauth2) return about_relay(Stage::login, 0, {}, "the relay does not offer AUTH XOAUTH2");
        heard = talk.ask("AUTH XOAUTH2 " + base64("user=" + relay.user +
                                                  "\x01"
                                                  "auth=Bearer " +
                                                  *secret + "\x01\x01"),
                         relay.timeouts.command);
        // The challenge holds the reason as JSON; an empty answer brings the reply with the code.
        if (heard.reply && heard.reply->code == challenge) heard = talk.ask("", relay.timeouts.command);
    } else if (offers.plain) {
        using namespace std::string_literals;
        heard =
            talk.ask("AUTH PLAIN " + base64("\0"s + relay.user + "\0"s + *secret), relay.timeouts.command);
    } else if (offers.login) {
        heard = talk.ask("AUTH LOGIN", relay.timeouts.command);
        for (const std::string& answer : {relay.user, *secret})
            if (heard.reply && heard.reply->code == challenge)
                heard = talk.ask(base64(answer), relay.timeouts.command);
    } else {
        return about_relay(Stage::login, 0, {}, "the relay offers neither AUTH PLAIN nor AUTH LOGIN");
    }
    if (heard.reply && heard.reply->code == logged_in) return std::nullopt;
    return unwilling(Stage::login, heard);
}

}  // namespace

Submission line_fell(Stage stage, LineState state) {
    std::string_view why;
    switch (state) {
        case LineState::fine:
        case LineState::closed:
            why = "the connection was closed or what came over it was no SMTP";
            break;
        case LineState::timed_out:
            why = "no answer came in time";
            break;
        case LineState::stopped:
            why = "sending was asked to stop";
            break;
    }
    return about_relay(stage, 0, {}, std::string{why});
}

Offers Offers::of(const Reply& hello) {
    Offers offers;
    for (std::size_t i = 1; i < hello.lines.size(); ++i) {
        const std::string line = upper(hello.lines[i]);
        const std::string word = line.substr(0, line.find_first_of(" ="));
        const std::string rest = line.substr(std::min(word.size() + 1, line.size()));
        if (line == "PIPELINING") offers.pipelining = true;
        if (line == "STARTTLS") offers.starttls = true;
        if (line == "DSN") offers.dsn = true;
        if (word == "SIZE") std::from_chars(rest.data(), rest.data() + rest.size(), offers.size);
        if (word != "AUTH") continue;
        const std::string methods = ' ' + rest + ' ';
        offers.plain |= methods.find(" PLAIN ") != std::string::npos;
        offers.login |= methods.find(" LOGIN ") != std::string::npos;
        offers.xoauth2 |= methods.find(" XOAUTH2 ") != std::string::npos;
    }
    return offers;
}

LineState Talk::say(std::string_view bytes, Patience patience) {
    std::size_t ignored = 0;
    return connection_.write({&bytes, 1}, patience, ignored);
}

Heard Talk::hear(Patience patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        if (std::optional<Reply> reply = parser_.next()) return {std::move(reply), LineState::fine};
        if (parser_.broken()) return {std::nullopt, LineState::closed};
        std::string bytes;
        const auto left = std::chrono::ceil<Patience>(until - std::chrono::steady_clock::now());
        if (const LineState state = connection_.read(bytes, left); state != LineState::fine)
            return {std::nullopt, state};
        parser_.feed(bytes);
    }
}

Heard Talk::ask(std::string_view command, Patience patience) {
    if (const LineState state = say(std::string{command} + "\r\n", patience); state != LineState::fine)
        return {std::nullopt, state};
    return hear(patience);
}

bool Talk::disturbed() {
    if (parser_.has_rest()) return true;
    if (!connection_.has_input()) return false;
    // Under TLS what came may be the protocol's own business, such as a session ticket.
    std::string bytes;
    const LineState state = connection_.read(bytes, Patience::zero());
    parser_.feed(bytes);
    return state != LineState::timed_out;
}

std::variant<Opened, Submission> open_talk(const Relay& relay, const std::stop_token& stop) {
    Result<Socket> socket = Socket::open(relay.host, relay.port, relay.timeouts.connect, stop);
    if (!socket) return about_relay(Stage::connect, 0, {}, socket.problem().text);
    auto talk = std::make_unique<Talk>(*std::move(socket));

    const auto secure = [&]() -> std::optional<Submission> {
        const Result<Done> done =
            talk->connection().start_tls(relay.host, relay.authority_file, relay.timeouts.command);
        if (done) return std::nullopt;
        return about_relay(Stage::tls, 0, {}, done.problem().text);
    };
    if (relay.security == Security::tls)
        if (auto failed = secure()) return *failed;

    Heard heard = talk->hear(relay.timeouts.greeting);
    if (!heard.reply || heard.reply->code != ready) return unwilling(Stage::greeting, heard);

    Offers offers;
    const auto hello = [&]() -> std::optional<Submission> {
        heard = talk->ask("EHLO " + relay.hello_name, relay.timeouts.command);
        if (heard.reply && heard.reply->positive()) {
            offers = Offers::of(*heard.reply);
            return std::nullopt;
        }
        // RFC 5321 3.2: a relay that does not know EHLO is asked with HELO, unless more than HELO is needed.
        if (heard.reply && heard.reply->permanent() && relay.security == Security::none &&
            relay.login == Login::none)
            heard = talk->ask("HELO " + relay.hello_name, relay.timeouts.command);
        if (heard.reply && heard.reply->positive()) return std::nullopt;
        return unwilling(Stage::hello, heard);
    };
    if (auto failed = hello()) return *failed;

    if (relay.security == Security::starttls) {
        if (!offers.starttls) return about_relay(Stage::tls, 0, {}, "the relay does not offer STARTTLS");
        heard = talk->ask("STARTTLS", relay.timeouts.command);
        if (!heard.reply || heard.reply->code != ready) return unwilling(Stage::tls, heard);
        // Whoever sits on the line could have put these bytes there, to be taken for the relay's after the
        // handshake.
        if (talk->has_rest())
            return about_relay(Stage::tls, 0, {},
                               "bytes came between STARTTLS and the handshake; someone may be on the line");
        if (auto failed = secure()) return *failed;
        if (auto failed = hello()) return *failed;
    }
    if (relay.login != Login::none)
        if (auto failed = log_in(relay, offers, *talk)) return *failed;
    return Opened{std::move(talk), offers};
}

}  // namespace raadspost::post
