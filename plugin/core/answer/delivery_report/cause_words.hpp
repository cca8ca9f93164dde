// The words by which servers say why they refuse, as patterns (RE2, without regard to case) over text in
// which addresses and host names are masked and white space is one space. The first row that matches holds:
// who is refused for being himself stands before who is unknown. Values.
#pragma once

#include "core/answer/delivery_report.hpp"
#include "core/no_host.hpp"

#include <span>

namespace raadspost::answer::report {

struct CauseWords {
    FailureReason reason;
    const char* pattern;
};

std::span<const CauseWords> telling_words();  // hold whatever the status says
std::span<const CauseWords> vague_words();    // hold where neither those nor the status say anything

}  // namespace raadspost::answer::report
