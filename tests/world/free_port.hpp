// A port of 127.0.0.1 for a server that is started as a program and wants to be told one, now or later. Until
// this process ends it is kept: the system gives it to nobody who asks for any port, and a server that names
// it gets it. As long as none does, connections to it are refused. Safe on any thread.
#pragma once

#include <cstdint>

namespace world {

std::uint16_t free_port();

}  // namespace world
