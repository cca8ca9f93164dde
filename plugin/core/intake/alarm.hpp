// An alarm on processor time: it goes off when the work that one thread is at has used more than it may.
// Meant for reading strangers' mail, where no limit on size or nesting proves that a parser ends. It measures
// the thread's own time on a processor, not the clock: a busy machine, a slow database or a suspended laptop
// sets off nothing. begin() and end() are called on the watched thread, which is the one that made the alarm;
// what the alarm does runs on a thread of its own.
#pragma once

#include "core/no_host.hpp"

#include <time.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

namespace raadspost::intake {

class Alarm {
public:
    // `goes_off(number)` is called at most once, with the number of the work that took too long.
    Alarm(std::chrono::nanoseconds most, std::function<void(std::int64_t)> goes_off);
    ~Alarm();
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    void begin(std::int64_t number);
    void end();

private:
    std::chrono::nanoseconds used() const;
    void watch(const std::stop_token& stop);

    const std::chrono::nanoseconds most_;
    const std::function<void(std::int64_t)> goes_off_;
    clockid_t clock_{};
    std::mutex mutex_;
    std::condition_variable_any waits_;
    std::int64_t number_ = 0;
    bool at_work_ = false;
    std::chrono::nanoseconds begun_{};
    std::jthread thread_;  // last: it uses all of the above
};

}  // namespace raadspost::intake
