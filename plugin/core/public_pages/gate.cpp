#include "core/public_pages/gate.hpp"

#include <algorithm>

namespace raadspost::public_pages {

Gate::Pass Gate::enter(std::chrono::milliseconds longest_wait) {
    std::unique_lock lock{mutex_};
    if (inside_ >= most_inside_) {
        if (waiting_ >= most_waiting_) return {};
        ++waiting_;
        const bool came_in = left_.wait_for(lock, longest_wait, [this] { return inside_ < most_inside_; });
        --waiting_;
        if (!came_in) return {};
    }
    most_ever_ = std::max(most_ever_, ++inside_);
    return Pass{this};
}

void Gate::leave() {
    {
        const std::lock_guard lock{mutex_};
        --inside_;
    }
    left_.notify_one();
}

std::size_t Gate::inside() const {
    const std::lock_guard lock{mutex_};
    return inside_;
}

std::size_t Gate::most_ever_inside() const {
    const std::lock_guard lock{mutex_};
    return most_ever_;
}

}  // namespace raadspost::public_pages
