#include "core/public_pages/page_cache.hpp"

#include <iterator>

namespace raadspost::public_pages {

std::shared_ptr<const PageCache::Page> PageCache::find(std::string_view key, Clock::time_point now) {
    const std::lock_guard lock{mutex_};
    const auto known = by_key_.find(key);
    if (known == by_key_.end()) return {};
    if (now - known->second->made >= limits::kept_ready) {
        drop(known->second);
        return {};
    }
    entries_.splice(entries_.begin(), entries_, known->second);
    return entries_.front().page;
}

void PageCache::keep(std::string_view key, std::shared_ptr<const Page> page, Clock::time_point now) {
    const std::lock_guard lock{mutex_};
    add(key, std::move(page), now);
}

void PageCache::keep_if(std::uint64_t generation, std::string_view key, std::shared_ptr<const Page> page,
                        Clock::time_point now) {
    const std::lock_guard lock{mutex_};
    if (generation == generation_) add(key, std::move(page), now);
}

void PageCache::add(std::string_view key, std::shared_ptr<const Page> page, Clock::time_point now) {
    if (page->body.size() > limits::cache_bytes / 4) return;
    if (const auto known = by_key_.find(key); known != by_key_.end()) drop(known->second);
    bytes_ += page->body.size();
    entries_.push_front({std::string{key}, std::move(page), now});
    by_key_.emplace(entries_.front().key, entries_.begin());
    while (entries_.size() > limits::cache_pages || bytes_ > limits::cache_bytes)
        drop(std::prev(entries_.end()));
}

void PageCache::forget(std::string_view beginning) {
    const std::lock_guard lock{mutex_};
    ++generation_;
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        const auto next = std::next(entry);
        if (entry->key.starts_with(beginning)) drop(entry);
        entry = next;
    }
}

void PageCache::drop(Entries::iterator entry) {
    bytes_ -= entry->page->body.size();
    by_key_.erase(entry->key);
    entries_.erase(entry);
}

std::uint64_t PageCache::generation() const {
    const std::lock_guard lock{mutex_};
    return generation_;
}

std::size_t PageCache::pages() const {
    const std::lock_guard lock{mutex_};
    return entries_.size();
}

std::size_t PageCache::bytes() const {
    const std::lock_guard lock{mutex_};
    return bytes_;
}

}  // namespace raadspost::public_pages
