// Authentication-Results that strangers wrote: none of them passes, however it is spelt, when our own
// server's stands above it or when ours is not known.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/answer/authentication.hpp"

using namespace raadspost::answer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string value{reinterpret_cast<const char*>(bytes), size};
    Received received;
    received.from = {{"Griffie", "griffie@laagveen.example"}};
    received.headers = {{"authentication-results", value}, {"from", "griffie@laagveen.example"}};
    const Authentication found = authentication(received, "mx.kernen.example");
    if (found.sender != Verdict::none && !found.checked) std::abort();

    const Authentication unknown = authentication(received, "");
    if (unknown.sender == Verdict::pass || unknown.dmarc == Verdict::pass || unknown.dkim == Verdict::pass ||
        unknown.spf == Verdict::pass)
        std::abort();

    received.headers.insert(
        received.headers.begin(),
        {"authentication-results", "mx.kernen.example; dmarc=fail header.from=laagveen.example"});
    if (authentication(received, "mx.kernen.example").sender != Verdict::fail) std::abort();

    // What an attacker can put into a result of ours: a quoted string, a comment.
    std::string quoted, comment;
    for (const char letter : value) {
        if (letter == '"' || letter == '\\' || letter == '(' || letter == ')') {
            quoted += '\\';
            comment += '\\';
        }
        quoted += letter;
        comment += letter;
    }
    for (const std::string& ours :
         {"mx.kernen.example; spf=none smtp.mailfrom=\"" + quoted + "\"; dkim=none",
          "mx.kernen.example; spf=none (" + comment + ") smtp.mailfrom=x; dkim=none"}) {
        received.headers.front().value = ours;
        if (authentication(received, "mx.kernen.example").sender != Verdict::none) std::abort();
    }
    return 0;
}
