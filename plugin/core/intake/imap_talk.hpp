// Commands out, replies in, over one IMAP connection, and its opening up to the login. Knows no folders and
// messages: that is ImapSession. Internal to core/intake; one thread at a time.
#pragma once

#include "core/intake/imap.hpp"
#include "core/intake/imap_reply.hpp"
#include "core/post/wire/connection.hpp"

#include <functional>
#include <set>
#include <string>

namespace raadspost::intake {

// The reply to a command; what came before it went to whoever listened.
struct Answer {
    bool agreed = false;  // OK, not NO or BAD
    std::string code, code_value, text;
};

class ImapTalk {
public:
    // Connects, gets under TLS where asked for, and logs in. Problems as in imap.hpp.
    static Result<std::unique_ptr<ImapTalk>> open(const ImapAccount& account, std::stop_token stop);

    ImapTalk(const ImapAccount& account, post::Socket socket, std::stop_token stop)
        : account_{account}, stop_{std::move(stop)}, connection_{std::move(socket)} {}

    using Instant = std::chrono::steady_clock::time_point;
    using Listen = std::function<void(ImapReply&&)>;
    // What comes untagged until the answer goes to `listen`.
    Result<Answer> ask(const std::string& command, const Listen& listen = {});
    // A command in two parts: `more` is sent when the server says "go on".
    Result<Answer> ask(const std::string& command, std::string_view more, const Listen& listen = {});

    // For IDLE: a command without waiting for its answer; the next reply whatever it is (nothing when no byte
    // came for so long, or `latest` has passed); the answer to what was begun.
    Result<std::string> begin(const std::string& command);  // its tag
    Result<std::optional<ImapReply>> hear(post::Patience silence, std::optional<Instant> latest = {});
    Result<Answer> await(const std::string& tag, const Listen& listen = {}, std::string_view more = {});
    Result<Done> say(std::string_view bytes);

    bool offers(const std::string& capability) const { return capabilities_.contains(capability); }
    void farewell();

private:
    Result<Done> greet();
    Result<Done> secure();
    Result<Done> ask_capabilities();
    Result<Done> log_in();
    Result<Answer> log_in_with_password(const std::string& secret);
    Result<Answer> authenticate(const std::string& mechanism, const std::string& response);
    void take_capabilities(const ImapReply& reply);
    Problem problem(const std::string& id, const std::string& why) const;
    Problem fell(post::LineState state) const;

    const ImapAccount& account_;
    std::stop_token stop_;
    post::Connection connection_;
    ImapReplyParser parser_;
    std::set<std::string, std::less<>> capabilities_;
    unsigned last_tag_ = 0;
    bool usable_ = true;
};

}  // namespace raadspost::intake
