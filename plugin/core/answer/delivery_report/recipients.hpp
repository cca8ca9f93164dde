// Whom a report without groups names, and what it says about each. A wrong address is worse than none:
// addresses of helpers, of senders and of the returned message do not count. Pure; safe on any thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer::report {

struct NamedRecipient {
    std::string address;
    std::string alternative;  // "(expanded from: ...)"
    std::string said;         // the lines about it, in their order
};

inline constexpr std::size_t most_recipients = 100;  // of one report; ours name one

// `said`: the report's own words (before_original); `original`: what follows them in the text.
std::vector<NamedRecipient> named_recipients(const Received& received, std::string_view said,
                                             std::string_view original);

}  // namespace raadspost::answer::report
