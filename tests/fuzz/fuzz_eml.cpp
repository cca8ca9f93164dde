// Elections from anywhere, as XML or zip: the reader must end, and what it hands out must be usable.
#include "core/council/code.hpp"
#include "core/council/table.hpp"
#include "core/register/eml.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::registers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace std::chrono;
    static const CouncilIndex councils{councils_2026()};
    static const KnownElection known[] = {{year{2022} / 1 / 31, year{2022} / 3 / 16},
                                          {year{2026} / 2 / 2, year{2026} / 3 / 18}};
    std::vector<std::string> before;
    Sink<CouncilElection> sink;
    sink.record = [&](const CouncilElection& election) {
        if (!is_council_code(election.council) || !election.voting_day.ok()) std::abort();
        if (election.members.size() > max_elected || election.lists.size() > max_elected) std::abort();
        std::vector<std::string> names;
        for (const ElectedMember& member : election.members) {
            if (!is_utf8(full_name(member)) || member.list_number < 0 || member.position < 0) std::abort();
            names.push_back(name_key(member));
        }
        const Renewal renewal = renewal_of(names, before);
        if (renewal.is_new.size() != names.size()) std::abort();
        before = std::move(names);
    };
    sink.problem = [](const Problem& problem) {
        if (problem.id.empty() || problem.text.empty() || problem.place.empty() ||
            problem.found.size() > 2 * max_found_bytes)
            std::abort();
    };
    const EmlSummary summary =
        read_eml({reinterpret_cast<const char*>(bytes), size}, "fuzz", councils, known, sink);
    if (summary.results + summary.definitions > summary.files) std::abort();
    return 0;
}
