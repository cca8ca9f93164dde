// What waits for a person, the most urgent first: received messages, and answers on the public page among
// them. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <optional>

namespace raadspost::crm {

// One number tells both apart: a message by its id, an answer on the page by its id below zero.
using ToJudge = tryton::Id;
constexpr bool is_on_page(ToJudge what) {
    return what < 0;
}

// The next one that is not among `passed_over`; the messages in `first` come before all others, as long as
// they wait.
std::optional<ToJudge> next_to_judge(const tryton::Ids& first, const tryton::Ids& passed_over);

struct Queued {
    std::int64_t messages, pages;  // of the latter each is an answer on the public page
    std::int64_t all() const { return messages + pages; }
};
Queued count_to_judge();

}  // namespace raadspost::crm
