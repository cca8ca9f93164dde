// An open file, folder or pipe of POSIX that is closed when its owner goes. Negative: it could not be opened.
// One thread at a time.
#pragma once

#include "core/no_host.hpp"

#include <unistd.h>

namespace raadspost::post {

class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const { return number_; }

private:
    int number_;
};

}  // namespace raadspost::post
