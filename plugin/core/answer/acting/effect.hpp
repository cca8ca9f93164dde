// One thing that a received message changes: an outcome of a case, the state of a dispatch or of an answer of
// ours, the status or the address of a griffie, a suppression, a decision about the plan. Says what, not how:
// doing it and taking it back is the CRM's. The ids are the CRM's own and only come back. Values; safe on any
// thread.
#pragma once

#include "core/no_host.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace raadspost::answer {

using Day = std::chrono::year_month_day;

struct Effect {
    enum class Kind : std::uint8_t {
        outcome,        // of `case_id`: `word` is its kind
        delivered,      // `dispatch` arrived: sent or uncertain -> delivered
        bounced,        // `dispatch` came back: sent, delivered or uncertain -> bounced; `word` is the reason
        failing,        // the address of `griffie` does not work
        suppression,    // `word`, a mailbox, gets no more of `appeal`
        postpone,       // nothing to `council` for `appeal` up to and with `on`
        retry,          // `step` goes to `council` once more, from `on` on; `word` is the new address, if any
        new_address,    // `griffie` (for `council`, where it serves several) is written to at `word`
        reply_bounced,  // `reply`, an answer that a person wrote, came back; `word` is the reason
    };
    Kind kind{};
    std::int64_t appeal = 0, council = 0, step = 0, case_id = 0, dispatch = 0, griffie = 0, reply = 0;
    std::string word = {};
    std::optional<Day> on = {};
    // Of an outcome.
    std::string list_number = {}, disposal = {}, evidence = {};
    std::optional<Day> list_date = {}, meeting_date = {};

    // The same for the same effect, whenever it is asked for.
    std::string key() const;
    // What it changes, whatever to: two messages may be about the same.
    std::string target() const;
};

inline constexpr std::array<std::string_view, 9> effect_names = {"outcome", "delivered",   "bounced",
                                                                 "failing", "suppression", "postpone",
                                                                 "retry",   "new_address", "reply_bounced"};
constexpr std::string_view name(Effect::Kind kind) {
    return effect_names[static_cast<std::size_t>(kind)];
}
std::optional<Effect::Kind> effect_kind_of(std::string_view name);  // nothing for an unknown one

// Why a dispatch or an answer came back: the keys of its reason.
inline constexpr std::string_view bounced_hard = "bounced_hard", bounced_full = "bounced_full",
                                  bounced_soft = "bounced_soft";

}  // namespace raadspost::answer
