// What an IMAP server says (RFC 3501 7 and 9): replies of one line, or of several with literals between, read
// strictly and within core/intake/limits.hpp. It knows which replies end in words for people (OK, NO, BAD,
// BYE, PREAUTH) and takes those as they stand; all others become tokens. The server is trusted with the
// mail, not with our memory. A parser serves one thread.
#pragma once

#include "core/no_host.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::intake {

struct ImapToken {
    enum class Kind { atom, quoted, literal, open, close };
    Kind kind = Kind::atom;
    std::string text;  // an atom as it stands, "BODY[]" whole; quoted and literal without their wrapping
    friend bool operator==(const ImapToken&, const ImapToken&) = default;

    bool is(std::string_view word) const;  // an atom, compared without regard to case
    bool is_text() const { return kind == Kind::quoted || kind == Kind::literal; }
};

struct ImapReply {
    std::string tag;   // "*" of what was not asked for, "+" of a go-ahead, else the command's
    std::string word;  // "OK", "FETCH", "SEARCH", "EXISTS": upper case; empty with "+"
    std::optional<std::uint32_t> number;  // of "* 12 EXISTS"
    std::string code, code_value;         // of "[UIDVALIDITY 3]": upper case, and the rest
    std::string text;                     // words for people; ASCII without controls, shortened
    std::vector<ImapToken> tokens;        // of all other replies, without what is above
    friend bool operator==(const ImapReply&, const ImapReply&) = default;

    bool is_untagged(std::string_view what) const { return tag == "*" && word == what; }
};

class ImapReplyParser {
public:
    // Takes bytes as they come.
    void feed(std::string_view bytes) { buffer_ += bytes; }
    // The next whole reply, if there is one. After broken() nothing more comes.
    std::optional<ImapReply> next();
    // The server said something that is no reply, or too much of it.
    bool broken() const { return broken_; }
    // Bytes that belong to no reply yet: before a TLS handshake there must be none.
    bool has_rest() const { return at_ < buffer_.size() || begun_; }

private:
    bool take_line(std::string_view line);
    bool begin(std::string_view& line);
    bool take_status(std::string_view rest);
    bool take_tokens(std::string_view line);
    bool add(ImapToken::Kind kind, std::string text);
    std::optional<ImapReply> finished();
    void forget_used();

    std::string buffer_;
    std::size_t at_ = 0;       // what lies before is used
    std::size_t scanned_ = 0;  // no line end before it
    ImapReply pending_;
    bool begun_ = false;
    bool complete_ = false;
    std::optional<std::size_t> literal_;  // so many bytes come now
    std::size_t literals_ = 0, depth_ = 0;
    bool broken_ = false;
};

// A number of RFC 3501 (nz-number, number): 32 bits, digits only.
std::optional<std::uint32_t> imap_number(std::string_view digits);

}  // namespace raadspost::intake
