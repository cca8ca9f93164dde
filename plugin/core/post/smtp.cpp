// DIAGNOSTICS: every failure starts as deferred. refused is set by a 5yz reply to MAIL, RCPT, DATA, the body
// or the dot only; uncertain only where bytes of the final dot were handed over and no sensible reply
// followed; accepted last, by a 2yz reply to the dot. Problems: "mail_address_invalid",
// "relay_settings_invalid", "relay_password_in_clear".
#include "core/post/smtp.hpp"

#include <array>
#include <optional>

#include "core/post/wire/dots.hpp"
#include "core/post/wire/mailbox.hpp"
#include "core/post/wire/talk.hpp"

namespace raadspost::post {
namespace {

constexpr int go_ahead = 354, closing = 421;
constexpr Patience farewell{100};
constexpr Patience last_words{1000};  // after a line that fell: a refusal may be lying in the buffer

bool is_loopback(const std::string& host) {
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

// RFC 3461 4: xtext
std::string xtext(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte > 0x20 && byte < 0x7f && letter != '+' && letter != '=') {
            encoded += letter;
        } else {
            encoded += {'+', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return encoded;
}

Submission judged(Stage stage, const Reply& reply) {
    Submission submission{Outcome::deferred, stage, reply.code, reply.enhanced(), reply.text(), {}, false};
    // 530, 534, 535, 538: the login, not the message. 421: the relay is going away.
    const bool login = reply.code == 530 || reply.code == 534 || reply.code == 535 || reply.code == 538;
    submission.about_relay = login || reply.code == closing;
    if (reply.permanent() && !login) submission.outcome = Outcome::refused;
    return submission;
}

}  // namespace

std::optional<Problem> unusable(const Relay& relay) {
    const auto invalid = [&](const std::string& what) {
        return Problem{"relay_settings_invalid", relay.host, {}, "The relay's settings: " + what + "."};
    };
    if (relay.host.empty() || relay.port == 0) return invalid("host and port are needed");
    if (!is_domain(relay.hello_name)) return invalid("this machine's name for EHLO must be a host name");
    if (relay.login != Login::none && !relay.secret) return invalid("a login needs a password or token");
    if (relay.login != Login::none && relay.security == Security::none && !is_loopback(relay.host))
        return Problem{"relay_password_in_clear",
                       relay.host,
                       {},
                       "A password is sent to " + relay.host + " under TLS only: choose TLS or STARTTLS."};
    return std::nullopt;
}

class SmtpSession::Dialogue {
public:
    Dialogue(Relay relay, std::stop_token stop) : relay_{std::move(relay)}, stop_{std::move(stop)} {}
    ~Dialogue() { close(); }

    Result<Submission> submit(const Envelope& envelope, std::string_view message,
                              const BeforeDot& before_dot) {
        if (auto problem = unusable(relay_)) return *problem;
        if (!envelope.sender.empty())
            if (Result<Done> fine = check_mailbox("MAIL FROM", envelope.sender); !fine) return fine.problem();
        if (Result<Done> fine = check_mailbox("RCPT TO", envelope.recipient); !fine) return fine.problem();

        const std::string_view body = line_ready(message, room_);
        if (talk_ && submitted_ >= relay_.messages_per_connection) close();
        // A relay may hang up while a connection lies idle, with a 421 or without a word.
        if (talk_ && talk_->disturbed()) (void)drop({});
        for (;;) {
            const bool reused = talk_ != nullptr;
            if (!reused)
                if (auto failed = open()) return *failed;
            answered_ = false;
            Submission submission = attempt(envelope, body, before_dot);
            // Or just as we begin. It has answered nothing of this message, which can start on a fresh
            // connection.
            const bool stale = reused && !answered_ && submission.code == 0 && !stop_.stop_requested();
            if (stale && submission.outcome == Outcome::deferred) continue;
            return submission;
        }
    }

    Submission try_connection() {
        if (auto problem = unusable(relay_))
            return {Outcome::deferred, Stage::connect, 0, {}, problem->text, {}, true};
        close();
        if (auto failed = open()) return *failed;
        return {Outcome::accepted, Stage::login, 0, {}, {}, {}, false};
    }

    bool connected() const { return talk_ != nullptr; }

    void close() {
        if (!talk_) return;
        if (!spoilt_) (void)talk_->say("QUIT\r\n", farewell);
        talk_.reset();
    }

private:
    std::optional<Submission> open() {
        auto opened = open_talk(relay_, stop_);
        if (auto* failed = std::get_if<Submission>(&opened)) return std::move(*failed);
        talk_ = std::move(std::get<Opened>(opened).talk);
        offers_ = std::get<Opened>(opened).offers;
        submitted_ = 0;
        spoilt_ = false;
        needs_reset_ = false;
        return std::nullopt;
    }

    // Ends the connection without a word: what was begun on it can no longer be accepted.
    Submission drop(Submission submission) {
        spoilt_ = true;
        close();
        return submission;
    }

    Submission attempt(const Envelope& envelope, std::string_view body, const BeforeDot& before_dot) {
        if (offers_.size != 0 && body.size() + 2 > offers_.size)
            return {Outcome::refused,
                    Stage::mail,
                    552,
                    "5.3.4",
                    "the relay takes no message of this size",
                    {},
                    false};
        if (auto ended = announce(envelope, body.size() + 2)) return *ended;
        ++submitted_;
        return transfer(body, before_dot);
    }

    // MAIL, RCPT, DATA; nothing where the relay said "go ahead".
    std::optional<Submission> announce(const Envelope& envelope, std::size_t bytes) {
        std::string mail = "MAIL FROM:<" + envelope.sender + ">";
        std::string recipient = "RCPT TO:<" + envelope.recipient + ">";
        if (offers_.size != 0) mail += " SIZE=" + std::to_string(bytes);
        if (offers_.dsn) {
            mail += " RET=HDRS";
            if (!envelope.envelope_id.empty()) mail += " ENVID=" + xtext(envelope.envelope_id);
            recipient += " NOTIFY=FAILURE,DELAY";
        }
        struct Step {
            Stage stage;
            std::string command;
        };
        std::array steps = {Step{Stage::mail, mail + "\r\n"}, Step{Stage::recipient, recipient + "\r\n"},
                            Step{Stage::data, "DATA\r\n"}};
        if (needs_reset_) {
            const Heard heard = talk_->ask("RSET", relay_.timeouts.command);
            if (!heard.reply) return drop(line_fell(Stage::mail, heard.state));
            answered_ = true;
            if (!heard.reply->positive()) return drop(judged(Stage::mail, *heard.reply));
        }
        needs_reset_ = true;
        if (offers_.pipelining)
            if (const LineState state = talk_->say(steps[0].command + steps[1].command + steps[2].command,
                                                   relay_.timeouts.command);
                state != LineState::fine)
                return drop(line_fell(Stage::mail, state));

        std::optional<Submission> ended;
        for (const Step& step : steps) {
            if (!offers_.pipelining)
                if (const LineState state = talk_->say(step.command, relay_.timeouts.command);
                    state != LineState::fine)
                    return drop(line_fell(step.stage, state));
            const Heard heard =
                talk_->hear(step.stage == Stage::data ? relay_.timeouts.data : relay_.timeouts.command);
            if (!heard.reply) return drop(ended ? *ended : line_fell(step.stage, heard.state));
            answered_ = true;
            const Reply& reply = *heard.reply;
            if (reply.code == closing) return drop(ended ? *ended : judged(step.stage, reply));
            const bool wanted = step.stage == Stage::data ? reply.code == go_ahead : reply.positive();
            if (!wanted && !ended) {
                ended = judged(step.stage, reply);
                if (!offers_.pipelining) return ended;
            }
            // The relay waits for a message whose recipient it refused (RFC 2920 3.1): hanging up is the only
            // answer that surely delivers nothing. A 2yz to DATA is no SMTP.
            if (ended && step.stage == Stage::data && (reply.code == go_ahead || reply.positive()))
                return drop(*ended);
        }
        return ended;
    }

    Submission transfer(std::string_view body, const BeforeDot& before_dot) {
        std::size_t handed_over = 0;
        const LineState sent = talk_->connection().write({&body, 1}, relay_.timeouts.block, handed_over);
        if (sent != LineState::fine) return fell_in_body(sent);
        if (talk_->disturbed()) return fell_in_body(LineState::closed);
        if (stop_.stop_requested()) return drop(line_fell(Stage::body, LineState::stopped));
        if (!before_dot())
            return drop({Outcome::deferred,
                         Stage::before_dot,
                         0,
                         {},
                         "the journal could not be written, so the message was withdrawn",
                         {},
                         true});
        // From here on there is a durable mark. Only what is known for certain may end as anything but
        // uncertain.
        if (talk_->disturbed()) {
            const Heard heard = talk_->hear(Patience::zero());
            return drop(heard.reply ? judged(Stage::dot, *heard.reply)
                                    : line_fell(Stage::dot, LineState::closed));
        }
        talk_->connection().heed_stop(false);
        constexpr std::string_view dot = "\r\n.\r\n";
        const LineState dotted = talk_->connection().write({&dot, 1}, relay_.timeouts.block, handed_over);
        if (dotted != LineState::fine && handed_over == 0) return drop(line_fell(Stage::dot, dotted));
        Submission submission{
            Outcome::uncertain, Stage::dot, 0, {}, "no answer came after the final dot", {}, false};
        if (dotted != LineState::fine) return drop(submission);
        const Heard heard = talk_->hear(relay_.timeouts.dot);
        talk_->connection().heed_stop(true);
        if (!heard.reply) return drop(submission);
        const Reply& reply = *heard.reply;
        if (reply.code / 100 == 3) {
            submission.text = "the relay answered the final dot with " + std::to_string(reply.code);
            return drop(submission);
        }
        submission = judged(Stage::dot, reply);
        if (reply.code == closing) return drop(submission);
        if (!reply.positive()) return submission;
        needs_reset_ = false;
        submission.queue_id = queue_id_of(submission.text);
        submission.outcome = Outcome::accepted;
        return submission;
    }

    // A relay that has had enough of a message may say so and hang up: its words are worth more than the
    // broken line.
    Submission fell_in_body(LineState state) {
        if (state == LineState::closed) {
            const Heard heard = talk_->hear(last_words);
            if (heard.reply && !heard.reply->positive()) return drop(judged(Stage::body, *heard.reply));
        }
        return drop(line_fell(Stage::body, state));
    }

    Relay relay_;
    std::stop_token stop_;
    std::unique_ptr<Talk> talk_;
    Offers offers_;
    std::string room_;  // for bodies that are not ready for the line; kept to be filled again
    int submitted_ = 0;
    bool spoilt_ = false;       // the dialogue is in the middle of something: no QUIT
    bool needs_reset_ = false;  // a transaction was begun that did not end in acceptance
    bool answered_ = false;     // the relay has answered something of this message
};

SmtpSession::SmtpSession(Relay relay, std::stop_token stop)
    : dialogue_{std::make_unique<Dialogue>(std::move(relay), std::move(stop))} {}
SmtpSession::~SmtpSession() = default;
Result<Submission> SmtpSession::submit(const Envelope& envelope, std::string_view message,
                                       const BeforeDot& before_dot) {
    return dialogue_->submit(envelope, message, before_dot);
}
Submission SmtpSession::try_connection() {
    return dialogue_->try_connection();
}
bool SmtpSession::connected() const {
    return dialogue_->connected();
}
void SmtpSession::close() {
    dialogue_->close();
}

}  // namespace raadspost::post
