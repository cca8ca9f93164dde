// The messages of ours that a received one may be about: found by its clues with a handful of queries over
// the whole of what was sent, never one for each candidate. Generous on purpose; which of them is meant, and
// whether the sender only pretends to be that council, is judged by core/answer/match.hpp. [gil-held], inside
// a transaction.
#pragma once

#include "core/answer/clues.hpp"
#include "core/answer/match.hpp"
#include "core/council/lookup.hpp"
#include "tryton/value.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::crm {

// By mailbox and by council the latest are looked at.
inline constexpr std::int64_t max_candidates_of_a_clue = 300;

struct CaseOfDispatch {
    tryton::Id case_id = 0, council = 0;
    std::string code;  // "GM0397"
};

// `sent[n]` is the dispatch of `behind[n]`.
struct Candidates {
    struct Behind {
        tryton::Id appeal = 0;
        std::vector<CaseOfDispatch> cases;
    };
    std::vector<answer::SentMail> sent;
    std::vector<Behind> behind;
    // The latest answer of ours whose Message-ID it names: a report that does is about that, whatever else of
    // the thread it names besides.
    struct Reply {
        tryton::Id id = 0, case_id = 0, council = 0, appeal = 0;
    };
    std::optional<Reply> reply;
};

// Where the councils' post goes: what a sender's domain is compared with.
struct CouncilAddress {
    std::string code, name, folded_name, domain;
};
std::vector<CouncilAddress> council_addresses();

// `text` is asked for where nothing else leads anywhere: councils that it names.
Candidates find_candidates(const answer::Clues& clues, const CouncilIndex& country,
                           const std::vector<CouncilAddress>& addresses,
                           const std::function<std::string()>& text);

}  // namespace raadspost::crm
