// The recording server (tests/world) as the client's settings name it: without TLS, and with patience
// enough for a busy machine: a test in which something never comes has to say how long it waits.
#pragma once

#include "core/post/smtp.hpp"

namespace raadspost::post {

inline Relay relay_at(std::uint16_t port) {
    Relay relay;
    relay.host = "127.0.0.1";
    relay.port = port;
    relay.hello_name = "crm.example";
    for (auto* patience : {&relay.timeouts.connect, &relay.timeouts.greeting, &relay.timeouts.command,
                           &relay.timeouts.data, &relay.timeouts.block, &relay.timeouts.dot})
        *patience = std::chrono::minutes{1};
    return relay;
}

}  // namespace raadspost::post
