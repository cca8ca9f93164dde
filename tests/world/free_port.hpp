// A port of 127.0.0.1 for a server that is started as a program and wants to be told one. Nobody had it a
// moment ago; nothing keeps it. Safe on any thread.
#pragma once

#include <cstdint>

namespace world {

std::uint16_t free_port();

}  // namespace world
