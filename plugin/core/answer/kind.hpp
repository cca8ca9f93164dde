// What a received message says, by the words of the product: the machine's kinds first, then those of a
// person. A message may carry several, the most important first. Values; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace raadspost::answer {

enum class Kind : std::uint8_t {
    bounce_hard,  // a permanent failure of delivery
    bounce_soft,  // a temporary one, a notice of delay, a mailbox that is full
    auto_reply,   // nobody is there, or nobody reads this mailbox
    receipt,      // it arrived, and no more
    distributed,  // passed on to councillors or their groups
    listed,       // on the list of incoming documents
    to_college,   // handed to the mayor and aldermen
    agenda,       // on the agenda of the council or a committee
    meeting,      // a conversation, visit, presentation, time to speak
    question,     // asks something that needs an answer
    declined,     // will not be passed on or dealt with
    redirect,     // another address or person is to be used
    opt_out,      // wants no more of these
    other,
};

inline constexpr std::array<std::string_view, 14> kind_names = {
    "bounce_hard", "bounce_soft", "auto_reply", "receipt",  "distributed", "listed",  "to_college",
    "agenda",      "meeting",     "question",   "declined", "redirect",    "opt_out", "other"};

constexpr std::string_view name(Kind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

// What a council does with a letter that it takes up.
constexpr bool is_treatment(Kind kind) {
    return kind == Kind::distributed || kind == Kind::listed || kind == Kind::to_college ||
           kind == Kind::agenda;
}

std::optional<Kind> kind_of(std::string_view name);  // nothing for an unknown one

}  // namespace raadspost::answer
