// raadspost_evaluate FOLDER [--json]: reads a folder of labelled mail, says how much of it is read rightly.
// Ends with 0 if every goal was reached, 1 if not, 2 if there is nothing to judge by (no such set, or labels
// that cannot be used).
#include "evaluate/sets.hpp"

#include <cstdio>
#include <filesystem>
#include <string_view>

using namespace raadspost;
using namespace raadspost::evaluate;

namespace {

constexpr const Set* sets[] = {&autoreplies, &bounces, &council_replies, &mime, &replies};

constexpr int refused = 2;

}  // namespace

int main(int count, char** arguments) {
    std::filesystem::path folder;
    bool as_json = false;
    for (int i = 1; i < count; ++i) {
        const std::string_view argument{arguments[i]};
        if (argument == "--json")
            as_json = true;
        else if (argument.starts_with("--") || !folder.empty())
            return std::fprintf(stderr, "usage: raadspost_evaluate FOLDER [--json]\n"), refused;
        else
            folder = argument;
    }
    for (const Set* set : sets) {
        if (!set->is_here(folder)) continue;
        const Result<Report> report = set->evaluate(folder);
        if (!report) return std::fprintf(stderr, "%s\n", report.problem().text.c_str()), refused;
        std::fputs((as_json ? json(*report) : text(*report)).c_str(), stdout);
        return report->reached() ? 0 : 1;
    }
    std::fprintf(stderr, "%s holds none of the sets that are known (shared/corpora/README.md)\n",
                 folder.string().c_str());
    return refused;
}
