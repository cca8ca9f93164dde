// What a received message was found to say, with the evidence: the result of read.hpp. Values; safe on any
// thread.
#pragma once

#include "core/answer/classify.hpp"
#include "core/answer/match.hpp"
#include "core/answer/received.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::answer {

// What the message states beside its kinds; empty where it does not.
struct Facts {
    std::string list_number;  // as written
    std::optional<std::chrono::year_month_day> list_date;
    std::string disposal;  // "ter kennisname", "in handen van het college", ...
    std::optional<std::chrono::year_month_day> meeting_date;
    std::string case_number;  // the council's own
    std::string redirect_to;  // another mailbox than the one that was written to
    std::optional<std::chrono::year_month_day> absent_until;
};

struct Reading {
    Received received;
    std::string written;         // the new text, apart from quotations and signature
    std::vector<Finding> kinds;  // the most important first; never empty
    Facts facts;
    Clues clues;
    Match match;
    std::optional<DeliveryReport> report;
    std::string rule_version;

    bool has(Kind kind) const {
        for (const Finding& each : kinds)
            if (each.kind == kind) return true;
        return false;
    }
};

}  // namespace raadspost::answer
