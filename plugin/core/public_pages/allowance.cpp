#include "core/public_pages/allowance.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace raadspost::public_pages {

bool Allowances::take(std::string_view asker, Clock::time_point now) {
    const std::lock_guard lock{mutex_};
    if (const auto known = by_asker_.find(asker); known != by_asker_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, known->second);
        Bucket& bucket = buckets_.front();
        const double passed = std::max(0.0, std::chrono::duration<double>(now - bucket.seen).count());
        bucket.left = std::min(each_.at_once, bucket.left + passed * each_.per_second);
        bucket.seen = now;
        if (bucket.left < 1) return false;
        bucket.left -= 1;
        return true;
    }
    if (buckets_.size() >= most_) {
        by_asker_.erase(buckets_.back().asker);
        buckets_.pop_back();
    }
    buckets_.push_front({std::string{asker}, each_.at_once - 1, now});
    by_asker_.emplace(buckets_.front().asker, buckets_.begin());
    return true;
}

std::size_t Allowances::remembered() const {
    const std::lock_guard lock{mutex_};
    return buckets_.size();
}

std::string asker_of(std::string_view address) {
    const std::string text{address.substr(0, INET6_ADDRSTRLEN)};
    std::array<unsigned char, 16> bytes{};
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    constexpr std::array<unsigned char, 12> mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const bool is_ipv4 = std::equal(mapped.begin(), mapped.end(), bytes.begin());
    if (!is_ipv4) std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return std::string{bytes.begin(), bytes.end()};
}

}  // namespace raadspost::public_pages
