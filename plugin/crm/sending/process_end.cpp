#include "crm/sending/process_end.hpp"

#include <sysexits.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace raadspost::crm {

namespace {

constexpr std::chrono::minutes longest_wait{11};  // RFC 5321 4.5.3.2.6: ten for the reply to the dot
constexpr std::chrono::milliseconds glance{50};

std::atomic<int> at_work{0};
std::atomic<bool> ending{false};

}  // namespace

SenderAtWork::SenderAtWork() {
    ++at_work;  // before the look: end_this_process() looks in the other order
    may_work_ = !ending;
}

SenderAtWork::~SenderAtWork() {
    --at_work;
}

bool process_is_ending() {
    return ending;
}

void end_this_process() {
    ending = true;
    const auto until = std::chrono::steady_clock::now() + longest_wait;
    while (at_work > 0 && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(glance);
    ::_exit(EX_SOFTWARE);
}

}  // namespace raadspost::crm
