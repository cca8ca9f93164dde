#include "core/answer/acting/self_settling.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

constexpr int forged_urgency = 30;

int urgency_of(Kind kind) {
    switch (kind) {
        case Kind::question:
            return 90;
        case Kind::meeting:
            return 85;
        case Kind::opt_out:
            return 80;
        case Kind::redirect:
            return 75;
        case Kind::bounce_hard:
            return 65;
        case Kind::declined:
            return 60;
        case Kind::agenda:
        case Kind::listed:
        case Kind::to_college:
        case Kind::distributed:
            return 50;
        case Kind::bounce_soft:
            return 35;
        case Kind::receipt:
            return 25;
        case Kind::auto_reply:
            return 15;
        case Kind::other:
            return 10;
    }
    return 0;
}

bool is_only_an_absence(const Reading& reading) {
    return reading.kinds.size() == 1 && reading.kinds.front().kind == Kind::auto_reply;
}

}  // namespace

int percent_of(const Reading& reading) {
    int least = reading.kinds.empty() ? 0 : 100;
    for (const Finding& each : reading.kinds) least = std::min(least, each.percent);
    if (!reading.match.candidates.empty()) least = std::min(least, reading.match.candidates.front().percent);
    return least;
}

std::string other_address(const Clues& clues, std::string_view mailbox) {
    const auto& failed = clues.failed_recipients;
    if (failed.empty() || std::ranges::find(failed, mailbox) != failed.end()) return {};
    return failed.front();
}

bool settles_itself(const Reading& reading, std::span<const SentMail> sent) {
    const Match& match = reading.match;
    if (match.trust == Trust::forged || match.candidates.empty()) return false;
    const MatchCandidate& best = match.candidates.front();
    if (reading.report)
        return (match.trust == Trust::linked || match.trust == Trust::proven) &&
               (best.by == MatchedBy::token || best.by == MatchedBy::thread) &&
               other_address(reading.clues, sent[best.sent].recipient).empty();
    if (match.trust != Trust::proven || percent_of(reading) < sure_enough) return false;
    // A note that nobody is there is about the mailbox, whichever council it serves.
    return !match.council.empty() || is_only_an_absence(reading);
}

bool asks_for_a_person(Kind kind) {
    return kind == Kind::question || kind == Kind::meeting || kind == Kind::redirect || kind == Kind::other;
}

int urgency(const Reading& reading) {
    if (reading.match.trust == Trust::forged) return forged_urgency;
    int most = 0;
    for (const Finding& each : reading.kinds) most = std::max(most, urgency_of(each.kind));
    return most;
}

}  // namespace raadspost::answer
