// How much each asker may still ask: a bucket of requests that fills up again with time, for as many askers
// as there is room to remember. Who was forgotten begins with a full bucket, so memory is bounded and only
// the longest silent profit. An asker is a network address or a token's row. The clock is passed in. Safe on
// any thread.
#pragma once

#include "core/public_pages/limits.hpp"

#include <chrono>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace raadspost::public_pages {

class Allowances {
public:
    using Clock = std::chrono::steady_clock;
    explicit Allowances(limits::Allowance each, std::size_t remembered = limits::askers_remembered)
        : each_{each}, most_{remembered} {}

    // Takes one request of what the asker may; false when nothing is left.
    bool take(std::string_view asker, Clock::time_point now);
    std::size_t remembered() const;

private:
    struct Bucket {
        std::string asker;
        double left;
        Clock::time_point seen;
    };
    const limits::Allowance each_;
    const std::size_t most_;
    mutable std::mutex mutex_;
    std::list<Bucket> buckets_;  // the latest first
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_asker_;
};

// The asker behind a network address: an IPv6 address counts as its /64, which one household or office has.
std::string asker_of(std::string_view address);

}  // namespace raadspost::public_pages
