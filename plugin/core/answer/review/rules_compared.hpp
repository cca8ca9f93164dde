// Two sets of rules beside each other on one text: what each says of it, so that a change of the rules can be
// judged before it is made. Looks at the new text alone, as classify.hpp does; who wrote it and what a report
// of delivery says is not asked. Pure; safe on any thread.
#pragma once

#include "core/answer/classify.hpp"

#include <string>
#include <string_view>

namespace raadspost::answer {

struct Said {
    std::string kinds;  // "distributed,listed"; "other" where no rule holds
    std::string line;   // the sentence that decided the first of them
};

// `text` is the message as shown (Received::text); quotations and signature are left away here.
Said said_by(const Rules& rules, std::string_view text);

// The same kinds, in whatever order.
bool same_kinds(std::string_view one, std::string_view other);

}  // namespace raadspost::answer
