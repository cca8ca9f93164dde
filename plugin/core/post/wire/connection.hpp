// One connection to a relay, in the clear or under TLS. Knows nothing of SMTP. TLS runs over memory, so that
// every byte on the socket passes through this class: nothing is written past it, no SIGPIPE arises, and
// bytes from before the handshake cannot slip behind it. One thread at a time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/no_host.hpp"
#include "core/post/wire/socket.hpp"
#include "core/result.hpp"

namespace raadspost::post {

class Connection {
public:
    explicit Connection(Socket socket);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // TLS 1.2 or later; the certificate must chain to `authority_file` (PEM; the system's authorities if
    // empty) and name `host`. Problem "relay_tls_failed"; the connection is of no use then.
    Result<Done> start_tls(const std::string& host, const std::string& authority_file, Patience patience);

    // All of the pieces, one after another. `handed_over` is what the kernel took: 0 after a failure means
    // that the peer cannot have seen any of it.
    LineState write(std::span<const std::string_view> pieces, Patience patience, std::size_t& handed_over);
    // Adds at least one byte to `bytes`, unless the state says otherwise.
    LineState read(std::string& bytes, Patience patience);
    bool has_input() const { return socket_.has_input(); }
    void heed_stop(bool heed) { socket_.heed_stop(heed); }

private:
    struct Tls;
    LineState flush(Patience patience, std::size_t& handed_over);

    Socket socket_;
    std::unique_ptr<Tls> tls_;
};

}  // namespace raadspost::post
