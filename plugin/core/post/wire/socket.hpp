// A TCP socket that never blocks for longer than it is told. Internal to core/post/wire; one thread at a
// time.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "core/no_host.hpp"
#include "core/result.hpp"

namespace raadspost::post {

enum class LineState { fine, closed, timed_out, stopped };

using Patience = std::chrono::milliseconds;

class Socket {
public:
    // Name look-up is the system's and may take its own time. Every address of the name is tried in turn.
    static Result<Socket> open(const std::string& host, std::uint16_t port, Patience patience,
                               std::stop_token stop);
    Socket(Socket&& other) noexcept
        : number_{std::exchange(other.number_, -1)},
          stop_{std::move(other.stop_)},
          heeds_stop_{other.heeds_stop_} {}
    Socket& operator=(Socket&&) = delete;
    ~Socket();

    // `handed_over` counts the bytes that the kernel took, also of a write that failed in the middle.
    LineState write(std::span<const std::string_view> pieces, Patience patience, std::size_t& handed_over);
    // Adds at least one byte to `bytes`, unless the state says otherwise.
    LineState read(std::string& bytes, Patience patience);
    // Whether the peer has said something, or gone, without being asked.
    bool has_input() const;
    // After the final dot a stop must not cut short the wait for the reply.
    void heed_stop(bool heed) { heeds_stop_ = heed; }

private:
    Socket(int number, std::stop_token stop) : number_{number}, stop_{std::move(stop)} {}
    LineState await(short events, std::chrono::steady_clock::time_point until) const;

    int number_;
    std::stop_token stop_;
    bool heeds_stop_ = true;
};

}  // namespace raadspost::post
