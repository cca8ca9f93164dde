// What a received message changes, one thing each: an outcome of a case, the state of a dispatch, the status
// or the address of a griffie, a suppression, a decision about the plan. What stands because of a message is
// a row each (raadspost.message.effect), with what was there before; so a message can be settled anew, and be
// taken back. Effects depend on the message and what it is about only, never on the order in which messages
// come: of two that say the same, the one that stays keeps what both changed. [gil-held], inside a
// transaction.
#pragma once

#include "tryton/value.hpp"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::crm {

struct Effect {
    enum class Kind : std::uint8_t {
        outcome,      // of `case_id`: `word` is its kind
        delivered,    // `dispatch` arrived: sent or uncertain -> delivered
        bounced,      // `dispatch` came back: sent, delivered or uncertain -> bounced; `word` is the reason
        failing,      // the address of `griffie` does not work
        suppression,  // `word`, a mailbox, gets no more of `appeal`
        postpone,     // nothing to `council` for `appeal` up to and with `on`
        retry,        // `step` goes to `council` once more, from `on` on
        new_address,  // `griffie` (for `council`, where it serves several) is written to at `word`
    };
    Kind kind{};
    tryton::Id appeal = 0, council = 0, step = 0, case_id = 0, dispatch = 0, griffie = 0;
    std::string word;
    std::optional<tryton::Date> on = {};
    // Of an outcome.
    std::string list_number = {}, disposal = {}, evidence = {};
    std::optional<tryton::Date> list_date = {}, meeting_date = {};

    // The same for the same effect, whenever it is asked for.
    std::string key() const;
    // What it changes, whatever to: two messages may be about the same.
    std::string target() const;
};

inline constexpr std::array<std::string_view, 8> effect_names = {
    "outcome", "delivered", "bounced", "failing", "suppression", "postpone", "retry", "new_address"};
constexpr std::string_view name(Effect::Kind kind) {
    return effect_names[static_cast<std::size_t>(kind)];
}

// Why a dispatch came back: the keys of its reason.
inline constexpr std::string_view bounced_hard = "bounced_hard", bounced_full = "bounced_full",
                                  bounced_soft = "bounced_soft";

struct Reconciled {
    std::size_t done = 0, undone = 0;
    std::set<tryton::Id> councils;  // whose plan is to be made anew
    bool changed() const { return done + undone > 0; }
};

// Makes exactly these stand for the message: takes back what stands and is not among them, does what is
// missing. Asked twice for the same it changes nothing the second time. `event` logs it.
Reconciled reconcile(tryton::Id message, const std::vector<Effect>& wanted, tryton::Id event);

// Whether anything would change.
bool would_change(tryton::Id message, const std::vector<Effect>& wanted);

// The reasons for the selection of dispatches.
std::vector<std::pair<std::string, std::string>> bounce_reasons();

}  // namespace raadspost::crm
