// Why delivery failed, and what that means for the address: from the words of the receiving server first,
// since its codes are used loosely, then from its enhanced status (RFC 3463). 5xx alone is not a bad address.
// Pure; safe on any thread.
#pragma once

#include "core/answer/delivery_report.hpp"
#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer::report {

struct Cause {
    Failure failure = Failure::soft;
    FailureReason reason = FailureReason::unknown;
    std::string status;  // RFC 3463, the most telling one of those given
    int reply_code = 0;
    bool sure = false;  // by telling words or the status, not by such as "rejected" alone
    std::string line;   // of `text`: the one that decided, or the status
};

// `status`: of the report's own field, may be empty or carry a comment. `text`: all that was said about the
// recipient, in lines; `session`: where the report shows the dialogue with the server, the text that holds
// it. Never gives Failure::pending or none: whether it failed at all is the report's to say.
Cause cause(std::string_view status, std::string_view text, std::string_view session = {});

}  // namespace raadspost::answer::report
