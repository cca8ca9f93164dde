// Work on many independent things, spread over the machine's processors; for what somebody waits for. Safe on
// any thread; the work itself runs on several at once.
#pragma once

#include "core/no_host.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace raadspost {

// Calls work(i) once for each i below `count`, in no order, and returns when all is done. What one of them
// throws is thrown on; the rest is left then.
template <class Work>
void on_all_cores(std::size_t count, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr thrown;
    std::once_flag first;
    const auto hand = [&] {
        try {
            for (std::size_t i = next++; i < count; i = next++) work(i);
        } catch (...) {
            next = count;
            std::call_once(first, [&] { thrown = std::current_exception(); });
        }
    };
    {
        const std::size_t hands = std::min<std::size_t>(std::thread::hardware_concurrency(), count);
        std::vector<std::jthread> others;
        try {
            for (std::size_t i = 1; i < hands; ++i) others.emplace_back(hand);
        } catch (const std::system_error&) {
            // The machine has no room for another thread: it takes longer.
        }
        hand();
    }
    if (thrown) std::rethrow_exception(thrown);
}

}  // namespace raadspost
