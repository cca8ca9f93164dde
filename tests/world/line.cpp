#include "line.hpp"

#include <sys/socket.h>
#include <unistd.h>

namespace world {

Line::~Line() {
    if (tls_) SSL_shutdown(tls_.get());
    ::close(socket_);
}

bool Line::accept_tls(SSL_CTX* context) {
    tls_.reset(SSL_new(context));
    SSL_set_fd(tls_.get(), socket_);
    if (SSL_accept(tls_.get()) == 1) return true;
    tls_.reset();
    return false;
}

bool Line::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                               : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Line::fill() {
    char room[65536];
    const auto got = tls_ ? SSL_read(tls_.get(), room, sizeof room) : ::recv(socket_, room, sizeof room, 0);
    if (got <= 0) return false;
    buffer_.append(room, static_cast<std::size_t>(got));
    return true;
}

std::optional<std::string> Line::read_line() {
    for (;;) {
        if (const std::size_t end = buffer_.find("\r\n"); end != std::string::npos) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end + 2);
            return line;
        }
        if (!fill()) return std::nullopt;
    }
}

std::optional<std::string> Line::read_message(bool first_bytes_only) {
    constexpr std::string_view end_mark = "\r\n.\r\n";
    // The CRLF that ended the DATA command counts as the one before the dot of an empty message.
    buffer_.insert(0, "\r\n");
    std::size_t searched = 0;
    std::size_t end = std::string::npos;
    for (;;) {
        if (first_bytes_only && buffer_.size() > 2) return buffer_;
        end = buffer_.find(end_mark, searched);
        if (end != std::string::npos) break;
        searched = buffer_.size() < end_mark.size() ? 0 : buffer_.size() - end_mark.size();
        if (!fill()) return std::nullopt;
    }
    std::string stuffed = buffer_.substr(2, end == 0 ? 0 : end);
    buffer_.erase(0, end + end_mark.size());
    if (stuffed.starts_with('.')) stuffed.erase(0, 1);
    std::string message;
    message.reserve(stuffed.size());
    std::size_t from = 0;
    for (std::size_t dot; (dot = stuffed.find("\r\n.", from)) != std::string::npos; from = dot + 3)
        message.append(stuffed, from, dot + 2 - from);
    return message.append(stuffed, from);
}

}  // namespace world
