// Commands out, replies in, over one connection; and the opening of such a talk up to the point where mail
// may be submitted: greeting, EHLO or HELO, TLS, login. Internal to SmtpSession; one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/no_host.hpp"
#include "core/post/smtp.hpp"
#include "core/post/wire/connection.hpp"
#include "core/post/wire/reply.hpp"

namespace raadspost::post {

// A reply, or the state of the line that stood in its way (closed also where the relay spoke no SMTP).
struct Heard {
    std::optional<Reply> reply;
    LineState state = LineState::fine;
};

// What the relay's EHLO offered (RFC 5321 4.1.1.1).
struct Offers {
    bool pipelining = false;
    bool starttls = false;
    bool dsn = false;
    bool plain = false;
    bool login = false;
    bool xoauth2 = false;
    std::uint64_t size = 0;  // 0: no limit stated

    static Offers of(const Reply& hello);
};

class Talk {
public:
    explicit Talk(Socket socket) : connection_{std::move(socket)} {}

    LineState say(std::string_view bytes, Patience patience);
    Heard hear(Patience patience);
    Heard ask(std::string_view command, Patience patience);
    // Whether the relay has spoken, or hung up, without being asked.
    bool disturbed();

    Connection& connection() { return connection_; }
    bool has_rest() const { return parser_.has_rest(); }

private:
    Connection connection_;
    ReplyParser parser_;
};

struct Opened {
    std::unique_ptr<Talk> talk;
    Offers offers;
};

// Connects and gets ready; or says at which stage it ended (always deferred, about_relay).
std::variant<Opened, Submission> open_talk(const Relay& relay, const std::stop_token& stop);

// The outcome of a line that fell before the dot.
Submission line_fell(Stage stage, LineState state);

}  // namespace raadspost::post
