// The gate before the database: so many requests are inside at once, a bounded number waits for a bounded
// time, and everybody else is turned away at once. It keeps the public from taking the connections that staff
// need. Safe on any thread; waiting blocks, so the caller lets go of the interpreter's lock before.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace raadspost::public_pages {

class Gate {
public:
    Gate(std::size_t inside, std::size_t waiting) : most_inside_{inside}, most_waiting_{waiting} {}

    // Proof of being inside; leaving is its end. Empty for those who were turned away.
    class Pass {
    public:
        Pass() = default;
        Pass(Pass&& other) noexcept : gate_{other.gate_} { other.gate_ = nullptr; }
        Pass& operator=(Pass&&) = delete;
        ~Pass() {
            if (gate_ != nullptr) gate_->leave();
        }
        explicit operator bool() const noexcept { return gate_ != nullptr; }

    private:
        friend class Gate;
        explicit Pass(Gate* gate) : gate_{gate} {}
        Gate* gate_ = nullptr;
    };

    Pass enter(std::chrono::milliseconds longest_wait);

    std::size_t inside() const;
    std::size_t most_ever_inside() const;  // since the start: what tests look at

private:
    void leave();

    const std::size_t most_inside_, most_waiting_;
    mutable std::mutex mutex_;
    std::condition_variable left_;
    std::size_t inside_ = 0, waiting_ = 0, most_ever_ = 0;
};

}  // namespace raadspost::public_pages
