// A connection to the association's relay over which messages are submitted, one after another. It exists
// because nobody else's client says on which side of the final dot a failure fell: every failure before the
// dot is `deferred` (surely not accepted), every silence after it is `uncertain`. Not a queue and not a
// retrier: callers decide what happens next (core/post/delivery.hpp). RFC 5321, PIPELINING (RFC 2920), DSN
// (RFC 3461), AUTH (RFC 4954), STARTTLS (RFC 3207).
//
// Threads: one thread at a time per session; any number of sessions, one thread each. Calls block, at most
// for the timeouts of the relay's settings. The destructor says QUIT without waiting for the answer.
//
// DIAGNOSTICS: a reply in the 500s to greeting, EHLO, AUTH or STARTTLS is no verdict on a message: `deferred`
// with `about_relay`. Where TLS is asked for, nothing is sent without it and the certificate must fit the
// relay's host name.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/no_host.hpp"
#include "core/post/submission.hpp"
#include "core/result.hpp"

namespace raadspost::post {

enum class Security { none, starttls, tls };        // none: for a relay on this machine
enum class Login { none, password, bearer_token };  // PLAIN or LOGIN, whichever is offered; XOAUTH2

// RFC 5321 4.5.3.2. After the dot a short patience would only make uncertain messages.
struct Timeouts {
    std::chrono::milliseconds connect{std::chrono::seconds{30}};
    std::chrono::milliseconds greeting{std::chrono::minutes{5}};
    std::chrono::milliseconds command{std::chrono::minutes{5}};
    std::chrono::milliseconds data{std::chrono::minutes{2}};
    std::chrono::milliseconds block{std::chrono::minutes{3}};
    std::chrono::milliseconds dot{std::chrono::minutes{10}};
};

struct Relay {
    std::string host;
    std::uint16_t port = 25;
    Security security = Security::none;
    std::string authority_file;  // PEM of the certificate authorities to trust; empty: the system's
    Login login = Login::none;
    std::string user;
    std::function<Result<std::string>()>
        secret;                            // password or token, asked for at each login; with Login != none
    std::string hello_name = "localhost";  // this machine's name for EHLO
    int messages_per_connection = 100;
    Timeouts timeouts;
};

struct Envelope {
    std::string sender;  // "bounce+<token>@..."; empty for the null sender
    std::string recipient;
    std::string envelope_id;  // ENVID where DSN is offered: letters, digits, '-', '.'; may be empty
};

// Called when all but the final CRLF.CRLF has been handed to the line. True: the mark is durable, send the
// dot. False: the connection is dropped, so that the message cannot be accepted; the outcome is deferred at
// Stage::before_dot.
using BeforeDot = std::function<bool()>;

// What makes the settings unusable, told without a connection: "relay_settings_invalid", or
// "relay_password_in_clear" where a password would go over the open net.
std::optional<Problem> unusable(const Relay& relay);

class SmtpSession {
public:
    explicit SmtpSession(Relay relay, std::stop_token stop = {});
    ~SmtpSession();
    SmtpSession(const SmtpSession&) = delete;
    SmtpSession& operator=(const SmtpSession&) = delete;

    // Connects where needed and submits. `message` is RFC 5322 bytes with any line ends; it is borrowed for
    // the call. A Problem (never a Submission) if an address does not pass core/post/wire/mailbox.hpp or the
    // settings are unusable: nothing was sent then. A stop asked for before the dot gives deferred at the
    // stage reached; after it, the reply is awaited.
    Result<Submission> submit(const Envelope& envelope, std::string_view message,
                              const BeforeDot& before_dot);

    // Connects and logs in, sends nothing: the settings form's "test the connection". Accepted if all went
    // well.
    Submission try_connection();

    bool connected() const;
    void close();  // QUIT, not waiting for its reply

private:
    class Dialogue;
    std::unique_ptr<Dialogue> dialogue_;
};

}  // namespace raadspost::post
