// Pages kept ready, so that who opens a page again - a gateway, a preview, a phone - costs no transaction.
// Bounded in number and bytes; the longest unused goes first, and none is older than its time. A key is what
// the page shows ("answer 12"), never a token: pages of a revoked token must not outlive it. The clock is
// passed in. Safe on any thread.
#pragma once

#include "core/public_pages/limits.hpp"

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace raadspost::public_pages {

class PageCache {
public:
    using Clock = std::chrono::steady_clock;
    struct Page {
        int status = 200;
        std::string body;
        std::string content_type;
        std::string policy;     // Content-Security-Policy
        std::string file_name;  // of a document; empty: a page
    };

    std::shared_ptr<const Page> find(std::string_view key, Clock::time_point now);
    void keep(std::string_view key, std::shared_ptr<const Page> page, Clock::time_point now);
    // All pages whose key begins so: what they show has changed.
    void forget(std::string_view beginning);
    // Grows with each forget(): a page that was made of facts read before one must not be kept after it.
    std::uint64_t generation() const;
    void keep_if(std::uint64_t generation, std::string_view key, std::shared_ptr<const Page> page,
                 Clock::time_point now);

    std::size_t pages() const;
    std::size_t bytes() const;

private:
    struct Entry {
        std::string key;
        std::shared_ptr<const Page> page;
        Clock::time_point made;
    };
    using Entries = std::list<Entry>;
    void add(std::string_view key, std::shared_ptr<const Page> page, Clock::time_point now);
    void drop(Entries::iterator entry);

    mutable std::mutex mutex_;
    Entries entries_;  // the latest first
    std::unordered_map<std::string_view, Entries::iterator> by_key_;
    std::size_t bytes_ = 0;
    std::uint64_t generation_ = 0;
};

}  // namespace raadspost::public_pages
