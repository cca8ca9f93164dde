#include "core/intake/alarm.hpp"

#include <pthread.h>

#include <stdexcept>

namespace raadspost::intake {

using namespace std::chrono_literals;

namespace {

constexpr auto glance = 100ms;

}  // namespace

Alarm::Alarm(std::chrono::nanoseconds most, std::function<void(std::int64_t)> goes_off)
    : most_{most}, goes_off_{std::move(goes_off)} {
    if (pthread_getcpuclockid(pthread_self(), &clock_) != 0)
        throw std::runtime_error{"this system does not tell a thread's time on a processor"};
    thread_ = std::jthread{[this](const std::stop_token& stop) { watch(stop); }};
}

Alarm::~Alarm() = default;

std::chrono::nanoseconds Alarm::used() const {
    timespec time{};
    clock_gettime(clock_, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

void Alarm::begin(std::int64_t number) {
    const auto begun = used();
    const std::scoped_lock lock{mutex_};
    number_ = number;
    begun_ = begun;
    at_work_ = true;
}

void Alarm::end() {
    const std::scoped_lock lock{mutex_};
    at_work_ = false;
}

void Alarm::watch(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    while (!waits_.wait_for(lock, stop, glance, [&] { return stop.stop_requested(); })) {
        if (!at_work_ || used() - begun_ <= most_) continue;
        const std::int64_t number = number_;
        lock.unlock();
        goes_off_(number);
        return;
    }
}

}  // namespace raadspost::intake
