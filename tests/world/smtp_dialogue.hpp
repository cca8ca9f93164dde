// One client's dialogue with the recording server. For tests only.
#pragma once

#include "line.hpp"
#include "smtp_server.hpp"

namespace world {

// What all connections share: settings, counters, the record.
class SmtpServer::Shared {
public:
    virtual ~Shared() = default;
    virtual const ServerSettings& settings() const = 0;
    virtual SSL_CTX* tls() const = 0;
    // The rule for this moment, its use counted.
    virtual std::optional<Rule> rule(Moment moment, const std::string& recipient) = 0;
    virtual void greeted() = 0;
    // Waits, unless the server is being closed.
    virtual void wait(int seconds) = 0;
    // Durable on return.
    virtual void record(Recorded recorded) = 0;
};

// Serves until the client or a rule ends the connection.
void serve(SmtpServer::Shared& shared, Line& line);

}  // namespace world
