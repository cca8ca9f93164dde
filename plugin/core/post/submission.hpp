// Submission: what became of one attempt to hand one message to a relay, as a value. Outcome, where in the
// dialogue it was decided, and the relay's words travel together. Values only; safe on any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/no_host.hpp"

namespace raadspost::post {

enum class Outcome {
    accepted,   // the relay took responsibility: a 2yz reply to the final dot
    refused,    // 5yz for this message or recipient: trying again unchanged is pointless
    deferred,   // certainly not accepted; try later: 4yz, no connection, or the line fell before the dot
    uncertain,  // the dot may have gone out and no reply came: never try again by itself
};

// Where in the dialogue it was decided.
enum class Stage { connect, tls, greeting, hello, login, mail, recipient, data, body, before_dot, dot };

struct Submission {
    Outcome outcome = Outcome::deferred;
    Stage stage = Stage::connect;
    int code = 0;          // the reply's three digits; 0 when there was no reply
    std::string enhanced;  // "5.7.1" (RFC 3463), empty if none was given
    std::string text;  // the reply's text, or our own sentence about the line; hostile: at most 1000 bytes,
                       // no controls
    std::string queue_id;  // as far as it could be read from the final reply
    bool about_relay =
        false;  // it concerns the relay or its line (greeting, login, TLS, 421), not this message

    friend bool operator==(const Submission&, const Submission&) = default;
};

std::string_view name(Outcome outcome);
std::string_view name(Stage stage);

}  // namespace raadspost::post
