// A connection to an IMAP server (RFC 3501) with as much of it as taking in mail needs: it lists and fetches
// by number, waits for news, moves what was taken in, and puts a copy into a folder. It never deletes, never
// expunges, and neither relies on flags nor changes them: bodies are fetched with PEEK. Written for this, as
// libcurl has no IDLE and loses bodies, and libetpan's parser crashes; everything that a server says passes
// the bounded parser of imap_reply.hpp.
//
// Threads: one thread at a time per session. Calls block, at most for the account's timeouts; a stop is
// heeded within a fifth of a second.
//
// DIAGNOSTICS: Problems "mailbox_unreachable", "mailbox_tls_failed" (no safe connection: nothing was said
// then), "mailbox_login_refused", "mailbox_secret" (password or token could not be had),
// "mailbox_password_in_clear", "mailbox_settings_invalid", "mailbox_folder" (the server refuses the folder),
// "mailbox_refused" (any other NO), "mailbox_no_imap" (what came is no IMAP, or too much),
// "mailbox_line_fell", "mailbox_timed_out", "mailbox_stopped". After any but mailbox_folder and
// mailbox_refused the session is of no more use.
#pragma once

#include "core/intake/limits.hpp"
#include "core/no_host.hpp"
#include "core/post/smtp.hpp"
#include "core/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::intake {

using post::Login;
using post::Security;

struct ImapTimeouts {
    std::chrono::milliseconds connect{std::chrono::seconds{30}};
    std::chrono::milliseconds command{std::chrono::minutes{1}};  // until the next reply, not until the last
    std::chrono::milliseconds whole{std::chrono::minutes{10}};   // for all of what a command brings
};

struct ImapAccount {
    std::string host;
    std::uint16_t port = 993;
    Security security = Security::tls;  // none: for a server on this machine
    std::string authority_file;         // PEM of the certificate authorities to trust; empty: the system's
    Login login = Login::password;      // AUTHENTICATE PLAIN or LOGIN, whichever is offered; XOAUTH2
    std::string user;
    std::function<Result<std::string>()> secret;  // password or token, asked for at each login
    ImapTimeouts timeouts;
};

struct ImapFolder {
    std::uint32_t uid_validity = 0;
    std::uint32_t uid_next = 0;  // 0: not told
};

struct ImapSize {
    std::uint32_t uid = 0;
    std::uint64_t bytes = 0;
};

struct ImapMessage {
    std::uint32_t uid = 0;
    std::string bytes;
    std::optional<std::chrono::sys_seconds> arrived;  // INTERNALDATE
};

enum class Access { look, change };  // EXAMINE or SELECT

class ImapSession {
public:
    // Connects, gets under TLS where asked for, and logs in.
    static Result<std::unique_ptr<ImapSession>> open(const ImapAccount& account, std::stop_token stop);
    ~ImapSession();
    ImapSession(const ImapSession&) = delete;
    ImapSession& operator=(const ImapSession&) = delete;

    bool offers(std::string_view capability) const;  // "IDLE", "MOVE"; upper case

    Result<ImapFolder> open_folder(std::string_view utf8_name, Access access);
    // Numbers of messages from `first` to `last`, ascending.
    Result<std::vector<std::uint32_t>> search(std::uint32_t first, std::uint32_t last);
    // Of those that are still there, ascending; 0 where it was not told.
    Result<std::vector<ImapSize>> sizes(const std::vector<std::uint32_t>& uids);
    // Messages, of those that are still there, ascending; of each at most so many bytes, whatever size was
    // told.
    Result<std::vector<ImapMessage>> fetch(const std::vector<std::uint32_t>& uids,
                                           std::size_t most = limits::message_bytes);

    // Waits for something new in the folder, with IDLE where offered, else with NOOP at `interval`. True:
    // there may be something new. False: nothing came for `patience`.
    Result<bool> await_news(std::chrono::milliseconds interval, std::chrono::milliseconds patience);

    // MOVE where offered (RFC 6851), else COPY: then they stay where they are, too.
    Result<Done> move(const std::vector<std::uint32_t>& uids, std::string_view utf8_folder);
    // Whether the open folder has a message with that Message-ID (without angle brackets).
    Result<bool> holds(std::string_view message_id);
    // Puts a message into a folder, marked as seen: the copy of one that was sent.
    Result<Done> append(std::string_view utf8_folder, std::string_view message);

    void close();  // LOGOUT, not waiting for its reply

private:
    class Dialogue;
    explicit ImapSession(std::unique_ptr<Dialogue> dialogue);
    std::unique_ptr<Dialogue> dialogue_;
};

}  // namespace raadspost::intake
