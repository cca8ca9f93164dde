// The server's end of one connection: lines in, bytes out, in the clear or under TLS; blocking. For tests
// only.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace world {

class Line {
public:
    explicit Line(int socket) : socket_{socket} {}
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    bool accept_tls(SSL_CTX* context);
    bool under_tls() const { return tls_ != nullptr; }
    bool write(std::string_view bytes);
    // Up to and without CRLF; nothing at the end of the connection.
    std::optional<std::string> read_line();
    // The message up to the final dot, with its last CRLF, unstuffed; bare LF stays as it is, so that a smuggled dot shows. With
    // `first_bytes_only` it returns as soon as anything has come.
    std::optional<std::string> read_message(bool first_bytes_only);
    // What has been read and not yet used: a client that pipelines fills it.
    bool has_more() const { return !buffer_.empty(); }
    void forget_input() { buffer_.clear(); }

private:
    bool fill();

    struct FreeTls {
        void operator()(SSL* session) const { SSL_free(session); }
    };
    int socket_;
    std::unique_ptr<SSL, FreeTls> tls_;
    std::string buffer_;
};

}  // namespace world
