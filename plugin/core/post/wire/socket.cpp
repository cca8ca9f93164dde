#include "core/post/wire/socket.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

namespace raadspost::post {
namespace {

using Clock = std::chrono::steady_clock;

// How often a wait looks up to see whether it is asked to stop.
constexpr Patience stop_interval{200};
constexpr std::size_t pieces_at_once = 16;
constexpr int quiet_seconds = 120, probe_seconds = 30;  // of TCP's keep-alive

struct FreeAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};

Problem unreachable(const std::string& host, std::uint16_t port, const std::string& why) {
    const std::string place = host + ":" + std::to_string(port);
    return Problem{"relay_unreachable", place, why,
                   "The relay " + place + " cannot be reached: " + why + "."};
}

}  // namespace

Result<Socket> Socket::open(const std::string& host, std::uint16_t port, Patience patience,
                            std::stop_token stop) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
        error != 0)
        return unreachable(host, port, ::gai_strerror(error));
    const std::unique_ptr<addrinfo, FreeAddresses> addresses{found};

    std::string why = "it has no address";
    for (const addrinfo* one = addresses.get(); one != nullptr; one = one->ai_next) {
        Socket socket{
            ::socket(one->ai_family, one->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, one->ai_protocol),
            stop};
        if (socket.number_ < 0) {
            why = std::strerror(errno);
            continue;
        }
        // The dot must leave at once, not wait for company.
        const int yes = 1;
        ::setsockopt(socket.number_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        // Whoever waits for hours for news must notice that the other end has gone without a word.
        ::setsockopt(socket.number_, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
        ::setsockopt(socket.number_, IPPROTO_TCP, TCP_KEEPIDLE, &quiet_seconds, sizeof quiet_seconds);
        ::setsockopt(socket.number_, IPPROTO_TCP, TCP_KEEPINTVL, &probe_seconds, sizeof probe_seconds);
        if (::connect(socket.number_, one->ai_addr, one->ai_addrlen) == 0) return socket;
        if (errno != EINPROGRESS) {
            why = std::strerror(errno);
            continue;
        }
        const LineState state = socket.await(POLLOUT, Clock::now() + patience);
        if (state == LineState::stopped) return unreachable(host, port, "asked to stop");
        int error = ETIMEDOUT;
        socklen_t size = sizeof error;
        if (state == LineState::fine) ::getsockopt(socket.number_, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error == 0) return socket;
        why = std::strerror(error);
    }
    return unreachable(host, port, why);
}

Socket::~Socket() {
    if (number_ >= 0) ::close(number_);
}

LineState Socket::await(short events, Clock::time_point until) const {
    for (;;) {
        const auto left = std::chrono::ceil<Patience>(until - Clock::now());
        if (left <= Patience::zero()) return LineState::timed_out;
        const Patience slice = heeds_stop_ && stop_.stop_possible() ? std::min(left, stop_interval) : left;
        pollfd watched{number_, events, 0};
        const int ready =
            ::poll(&watched, 1, static_cast<int>(std::min<Patience::rep>(slice.count(), 1 << 30)));
        if (ready > 0) return LineState::fine;
        if (ready < 0 && errno != EINTR) return LineState::closed;
        if (heeds_stop_ && stop_.stop_requested()) return LineState::stopped;
    }
}

LineState Socket::write(std::span<const std::string_view> pieces, Patience patience,
                        std::size_t& handed_over) {
    std::size_t at = 0;  // within pieces.front()
    while (!pieces.empty()) {
        std::array<iovec, pieces_at_once> parts{};
        std::size_t count = 0;
        for (const std::string_view piece : pieces.first(std::min(pieces.size(), parts.size()))) {
            const std::string_view rest = piece.substr(count == 0 ? at : 0);
            // sendmsg reads only; its iovec has no const.
            parts[count++] = {const_cast<char*>(rest.data()), rest.size()};
        }
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = count;
        const ssize_t sent = ::sendmsg(number_, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            const LineState state = await(POLLOUT, Clock::now() + patience);
            if (state != LineState::fine) return state;
            continue;
        }
        if (sent < 0) return LineState::closed;
        handed_over += static_cast<std::size_t>(sent);
        at += static_cast<std::size_t>(sent);
        while (!pieces.empty() && at >= pieces.front().size()) {
            at -= pieces.front().size();
            pieces = pieces.subspan(1);
        }
    }
    return LineState::fine;
}

LineState Socket::read(std::string& bytes, Patience patience) {
    const auto until = Clock::now() + patience;
    std::array<char, 16384> room;
    for (;;) {
        const ssize_t got = ::recv(number_, room.data(), room.size(), 0);
        if (got > 0) {
            bytes.append(room.data(), static_cast<std::size_t>(got));
            return LineState::fine;
        }
        if (got == 0) return LineState::closed;
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) return LineState::closed;
        if (const LineState state = await(POLLIN, until); state != LineState::fine) return state;
    }
}

bool Socket::has_input() const {
    pollfd watched{number_, POLLIN, 0};
    return ::poll(&watched, 1, 0) > 0;
}

}  // namespace raadspost::post
