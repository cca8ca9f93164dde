// Finding the council that somebody means: by CBS code, TOOI URI, name in any of its spellings, or the domain
// of its mailbox. Used by the importers, for which a wrong council is worse than none: where two councils fit
// ("Bergen") the answer is both, and a person is asked. Built once, then read-only: safe on any thread.
#pragma once

#include "core/council/council.hpp"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace raadspost {

// No code: not found. One: the council. More: ask; the codes are sorted.
using CouncilsMeant = std::vector<std::string>;

// The other names under which this council goes ("'s-Gravenhage" for GM0518); usually none.
std::vector<std::string_view> second_names(std::string_view code);

class CouncilIndex {
public:
    // Over the CRM's own councils, or over councils_2026(). Official second names ('s-Gravenhage for Den
    // Haag, Hengelo (O), Friesian names) are added for the codes that occur.
    explicit CouncilIndex(std::span<const Council> councils);

    // Code or URI first, then the name: folded, without "Gemeente" or "Gemeenteraad (van)" before it and
    // without
    // "(gemeente)" after it. "Bergen" means two; "Bergen (NH)", "Bergen NH" and "Bergen (L.)" one each.
    CouncilsMeant find(std::string_view text) const;

    // By the domain of a mailbox or a web address: "griffie@raad.heemstede.nl" is Heemstede. A domain that
    // several councils share (a joint office) means all of them.
    CouncilsMeant find_by_address(std::string_view mailbox_or_url) const;

private:
    void add(std::unordered_map<std::string, CouncilsMeant>& to, std::string key, const std::string& code);

    std::unordered_map<std::string, CouncilsMeant> by_code_, by_name_, by_domain_;
};

}  // namespace raadspost
