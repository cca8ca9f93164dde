// What a piece of work costs the processor: a limit on it holds on a machine that is busy with other things
// as well, where one on the time of day fails by chance. Of the calling thread alone: no work that it hands
// to others.
#pragma once

#include <time.h>

#include <utility>

namespace raadspost::tests {

inline double processor_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

template <class Work>
double processor_seconds_of(Work&& work) {
    const double begin = processor_seconds();
    std::forward<Work>(work)();
    return processor_seconds() - begin;
}

}  // namespace raadspost::tests
