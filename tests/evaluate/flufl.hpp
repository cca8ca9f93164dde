// flufl.bounce, Mailman's reader of bounces, with Python's email parser: run on the same folder in the same
// command, to compare with. A process of its own (flufl_bounces.py).
#pragma once

#include "core/result.hpp"
#include "evaluate/report.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace raadspost::evaluate {

struct FoundByFlufl {
    using ByFile = std::multimap<std::string, std::string, std::less<>>;  // file, address

    ByFile temporary;
    ByFile permanent;
};

// The files of the folder's labels.tsv, which lie in it or in its folder mail. Problem: it could not be run.
Result<FoundByFlufl> found_by_flufl(const std::filesystem::path& folder);
// How fast it is on them. Problem: the same.
Result<Measure> speed_of_flufl(const std::filesystem::path& folder);

}  // namespace raadspost::evaluate
