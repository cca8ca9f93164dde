#include "core/answer/acting/consequences.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

using std::chrono::sys_days;

void add_bounce(const Meaning& meaning, const Concerned& about, std::vector<Effect>& effects) {
    // Late is not lost, and a report of success is none of failure.
    if (meaning.failure == "pending" || meaning.failure == "none") return;
    const bool hard = meaning.has(Kind::bounce_hard);
    const std::string_view reason = hard ? bounced_hard : meaning.mailbox_full ? bounced_full : bounced_soft;
    if (about.reply != 0) {
        effects.push_back(
            {.kind = Effect::Kind::reply_bounced, .reply = about.reply, .word = std::string{reason}});
        return;
    }
    if (about.dispatch == 0) return;
    effects.push_back(
        {.kind = Effect::Kind::bounced, .dispatch = about.dispatch, .word = std::string{reason}});
    if (hard) {
        // Every office that is written to there, for whichever appeal. Never what the report calls it.
        for (const std::int64_t griffie : about.griffies)
            effects.push_back({.kind = Effect::Kind::failing, .griffie = griffie});
        return;
    }
    if (about.failed_for_good) return;
    for (const Concerned::Case& each : about.cases)
        if (each.retries < most_retries)
            effects.push_back({.kind = Effect::Kind::retry,
                               .appeal = about.appeal,
                               .council = each.council,
                               .step = about.step,
                               .dispatch = about.dispatch,
                               .on = Day{sys_days{meaning.received_on} + retry_after}});
}

void add_absence(const Meaning& meaning, const Concerned& about, std::vector<Effect>& effects) {
    if (!meaning.absent_until) return;
    const sys_days received{meaning.received_on};
    const sys_days until = std::min(sys_days{*meaning.absent_until}, received + longest_absence);
    if (until <= received) return;
    for (const Concerned::Case& each : about.cases)
        effects.push_back({.kind = Effect::Kind::postpone,
                           .appeal = about.appeal,
                           .council = each.council,
                           .on = Day{until}});
}

void add_outcomes(const Meaning& meaning, const Concerned& about, std::vector<Effect>& effects) {
    for (const Kind kind : meaning.kinds) {
        const std::string_view outcome = outcome_of(kind);
        if (outcome.empty()) continue;
        Effect effect{.kind = Effect::Kind::outcome,
                      .appeal = about.appeal,
                      .council = about.cases.front().council,
                      .case_id = about.cases.front().id,
                      .word = std::string{outcome},
                      .on = meaning.written_on,
                      .evidence = meaning.line};
        if (kind == Kind::listed) {
            effect.list_number = meaning.list_number;
            effect.list_date = meaning.list_date;
        }
        if (kind == Kind::listed || kind == Kind::to_college) effect.disposal = meaning.disposal;
        if (kind == Kind::agenda || kind == Kind::meeting) effect.meeting_date = meaning.meeting_date;
        effects.push_back(std::move(effect));
    }
}

// Once somebody has said that this is the address from now on, what was sent goes there, too. Who is only
// away comes back: whom to write until then is shown, and the address stays.
void add_new_address(const Meaning& meaning, const Concerned& about, std::vector<Effect>& effects) {
    if (!meaning.by_person || meaning.redirect_to.empty() || meaning.absent_until || about.griffie == 0)
        return;
    // The step is decided upon before the address changes, which by itself would try again what came back.
    effects.push_back({.kind = Effect::Kind::retry,
                       .appeal = about.appeal,
                       .council = about.cases.front().council,
                       .step = about.step,
                       .dispatch = about.dispatch,
                       .word = meaning.redirect_to,
                       .on = meaning.received_on});
    effects.push_back({.kind = Effect::Kind::new_address,
                       .council = about.cases.front().council,
                       .griffie = about.griffie,
                       .word = meaning.redirect_to});
}

}  // namespace

bool Meaning::has(Kind kind) const {
    return std::ranges::find(kinds, kind) != kinds.end();
}

bool is_bounce(Kind kind) {
    return kind == Kind::bounce_hard || kind == Kind::bounce_soft;
}

std::string_view outcome_of(Kind kind) {
    switch (kind) {
        case Kind::receipt:
            return "receipt";
        case Kind::distributed:
            return "passed_on";
        case Kind::listed:
            return "listed";
        case Kind::to_college:
            return "to_college";
        case Kind::agenda:
            return "agenda";
        case Kind::meeting:
            return "meeting";
        case Kind::question:
            return "question";
        case Kind::declined:
            return "declined";
        case Kind::opt_out:
            return "no_more";
        case Kind::bounce_hard:
        case Kind::bounce_soft:
        case Kind::auto_reply:
        case Kind::redirect:
        case Kind::other:
            return {};
    }
    return {};
}

bool is_about_a_case(const std::vector<Kind>& kinds) {
    return std::ranges::any_of(kinds,
                               [](Kind kind) { return !outcome_of(kind).empty() || kind == Kind::redirect; });
}

bool may_answer(const std::vector<Kind>& kinds) {
    const auto automatic = [](Kind kind) { return is_bounce(kind) || kind == Kind::auto_reply; };
    if (std::ranges::any_of(kinds, automatic)) return false;
    return kinds.empty() || std::ranges::any_of(kinds, [](Kind kind) { return kind != Kind::receipt; });
}

std::vector<Effect> consequences(const Meaning& meaning, const Concerned& about) {
    std::vector<Effect> effects;
    if (std::ranges::any_of(meaning.kinds, is_bounce)) {
        add_bounce(meaning, about, effects);
        return effects;
    }
    // Whoever reacts has got it.
    if (about.dispatch != 0 && (meaning.has(Kind::auto_reply) || is_about_a_case(meaning.kinds)))
        effects.push_back({.kind = Effect::Kind::delivered, .dispatch = about.dispatch});
    if (meaning.has(Kind::auto_reply)) add_absence(meaning, about, effects);
    if (!about.one_case || about.cases.size() != 1) return effects;
    add_outcomes(meaning, about, effects);
    if (meaning.has(Kind::redirect)) add_new_address(meaning, about, effects);
    // At a shared office the others still want theirs: there only this council's case is closed.
    if (meaning.has(Kind::opt_out) && about.dispatch != 0 && about.councils_behind == 1)
        effects.push_back({.kind = Effect::Kind::suppression,
                           .appeal = about.appeal,
                           .council = about.cases.front().council,
                           .word = about.mailbox,
                           .evidence = meaning.line});
    return effects;
}

}  // namespace raadspost::answer
