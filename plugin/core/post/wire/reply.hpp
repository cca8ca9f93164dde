// What a relay says: replies of one or more lines (RFC 5321 4.2), read strictly and within
// core/post/limits.hpp, and what can be learnt from their text. The relay is trusted with the mail, not with
// our memory. A parser serves one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/no_host.hpp"

namespace raadspost::post {

struct Reply {
    int code = 0;                    // 200 to 599
    std::vector<std::string> lines;  // texts without code; controls replaced by spaces
    friend bool operator==(const Reply&, const Reply&) = default;

    bool positive() const { return code / 100 == 2; }
    bool permanent() const { return code / 100 == 5; }
    // RFC 2034: "5.7.1" where the text begins with one whose class fits the code, else empty.
    std::string enhanced() const;
    // The lines joined by spaces, without the enhanced status, at most limits::reply_text_bytes.
    std::string text() const;
};

class ReplyParser {
public:
    // Takes bytes as they come.
    void feed(std::string_view bytes) { buffer_ += bytes; }
    // The next whole reply, if there is one. After broken() nothing more comes.
    std::optional<Reply> next();
    // The relay said something that is no reply, or too much of it.
    bool broken() const { return broken_; }
    // Bytes that belong to no reply yet: before a TLS handshake there must be none.
    bool has_rest() const { return !buffer_.empty() || !pending_.lines.empty(); }

private:
    bool take(std::string_view line, bool& last);

    std::string buffer_;
    Reply pending_;
    bool broken_ = false;
};

// The relay's name for the message in the reply to the final dot, as Postfix, Exim, Sendmail, qmail and
// Exchange write it; empty if there is none to be recognised.
std::string queue_id_of(std::string_view reply_text);

}  // namespace raadspost::post
