// Memory for large tables that are read here and there: in pages of two megabytes, where the system has them,
// a processor finds its way to any place of them at once; among thousands of small pages it must look that up
// first. Elsewhere it is memory as any other. Safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <sys/mman.h>
#include <cstdlib>
#include <new>

namespace raadspost::answer {

template <class T>
struct LargePages {
    using value_type = T;
    static constexpr std::size_t page = std::size_t{2} << 20;

    LargePages() = default;
    template <class U>
    LargePages(const LargePages<U>&) {}

    T* allocate(std::size_t count) {
        const std::size_t size = count * sizeof(T);
        const std::size_t alignment = size < page ? alignof(T) : page;
        void* const memory = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
        if (!memory) throw std::bad_alloc{};
        if (size >= page) ::madvise(memory, size, MADV_HUGEPAGE);  // a wish; refused it changes nothing
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t) { std::free(memory); }
    bool operator==(const LargePages&) const = default;
};

}  // namespace raadspost::answer
