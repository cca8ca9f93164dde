// What follows from a received message for the case that it belongs to: from its kinds and facts, as the
// machine or a person has put them, and from what was sent. The same effects for the same message, in
// whatever order messages come. Whether a message may be believed is not asked here (self_settling.hpp).
// Pure; safe on any thread.
#pragma once

#include "core/answer/acting/effect.hpp"
#include "core/answer/kind.hpp"

#include <string>
#include <vector>

namespace raadspost::answer {

// A step that came back for a reason that may pass goes once more after this long, so often.
inline constexpr std::chrono::days retry_after{4};
inline constexpr int most_retries = 2;
// However long somebody says to be away, the plan waits no longer.
inline constexpr std::chrono::days longest_absence{60};

struct Meaning {
    std::vector<Kind> kinds;  // the most important first
    std::string failure;      // of a report of delivery: name(Failure); else empty
    bool mailbox_full = false;
    std::string line, list_number, disposal, redirect_to;
    std::optional<Day> list_date = {}, meeting_date = {}, absent_until = {};
    Day received_on{}, written_on{};
    bool by_person = false;  // somebody has confirmed it

    bool has(Kind kind) const;
};

// What it is about.
struct Concerned {
    struct Case {
        std::int64_t id = 0, council = 0;
        int retries = 0;  // of the step, because of other messages
    };
    std::int64_t appeal = 0, dispatch = 0, step = 0, griffie = 0;
    std::string mailbox;                 // that the dispatch went to
    std::vector<Case> cases;             // of the dispatch; or the one that the message belongs to
    bool one_case = false;               // that one is known
    std::size_t councils_behind = 0;     // how many the dispatch was for
    std::vector<std::int64_t> griffies;  // all that are written to at that mailbox
    bool failed_for_good = false;        // another report says that the address does not work
    // An answer that a person wrote, where the report is about that: then nothing else comes of it.
    std::int64_t reply = 0;
};

std::vector<Effect> consequences(const Meaning& meaning, const Concerned& concerned);

bool is_bounce(Kind kind);
// The outcome that it is logged as; nothing for one that says nothing about the appeal.
std::string_view outcome_of(Kind kind);
// Without a case such a message changes nothing: the word of a person about the appeal.
bool is_about_a_case(const std::vector<Kind>& kinds);
// Until somebody has judged it: whether it can be a person's answer to the appeal. No automatic reply,
// receipt or report of delivery; whatever is not recognised can.
bool may_answer(const std::vector<Kind>& kinds);

}  // namespace raadspost::answer
