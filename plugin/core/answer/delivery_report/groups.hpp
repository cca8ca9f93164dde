// The groups of a delivery report (RFC 3464 2.1): one for the message, one per recipient. Reads them from the
// parts that the mail reader found, and from text, where a gateway lost the type of the part. Tolerant:
// groups that run together are told apart, comments and strange cases are taken off. Pure; safe on any
// thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer::report {

struct Group {
    std::string final_recipient;     // an address, or empty
    std::string original_recipient;  // likewise; also of X-Actual-Recipient
    std::string action;              // its first word in lower case
    std::string status;              // the whole field: sendmail and others explain it in a comment
    std::string diagnostic;          // without its type ("smtp;")
};

std::vector<Group> groups(const std::vector<Headers>& delivery_status);
std::vector<Group> groups_in_text(std::string_view text);

}  // namespace raadspost::answer::report
