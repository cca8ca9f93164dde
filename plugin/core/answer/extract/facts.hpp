// What an answer states beside its kinds: number and date on the list, dates of meetings, case number,
// another address. Each is looked for only in the sentences that the rules found to be about it, so that a
// date of something else is none of ours. Pure; safe on any thread.
#pragma once

#include "core/answer/classify.hpp"
#include "core/answer/reading.hpp"

#include <chrono>
#include <span>
#include <string>

namespace raadspost::answer {

struct FactsContext {
    std::chrono::sys_days written{};     // the day of writing, where the writer was
    std::string_view subject;            // where it is not ours; else empty
    std::span<const std::string> known;  // mailboxes that are no new address
};

Facts facts(std::span<const Sentence> text, std::span<const Hit> hits, std::span<const Finding> kinds,
            const FactsContext& context);

}  // namespace raadspost::answer
