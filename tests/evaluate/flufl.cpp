#include "evaluate/flufl.hpp"

#include "evaluate/table.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <memory>

namespace raadspost::evaluate {
namespace {

std::string quoted(const std::string& path) {
    std::string result = "'";
    for (const char c : path) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

// What the program says of the folder; nothing where it could not be run.
std::string said(const std::filesystem::path& folder, const std::string& what) {
    const std::string command = "/usr/bin/python3 " +
                                quoted(RAADSPOST_SOURCE_DIR "/tests/evaluate/flufl_bounces.py") + " " + what +
                                " " + quoted(folder.string());
    std::string output;
    if (const std::unique_ptr<std::FILE, int (*)(std::FILE*)> child(popen(command.c_str(), "r"), pclose);
        child) {
        std::array<char, 4096> room;
        while (const std::size_t size = std::fread(room.data(), 1, room.size(), child.get()))
            output.append(room.data(), size);
    }
    return output;
}

double speed(const std::filesystem::path& folder) {
    const std::string found = said(folder, "speed");
    double per_second = 0;
    std::from_chars(found.data(), found.data() + found.size(), per_second);
    return per_second;
}

Problem not_run() {
    return {"evaluate_flufl", "", "",
            "flufl.bounce could not be run beside ours; install python3-flufl.bounce"};
}

}  // namespace

Result<FoundByFlufl> found_by_flufl(const std::filesystem::path& folder) {
    FoundByFlufl found;
    bool complete = false;
    for (const std::string& line : pieces(said(folder, "found"), '\n')) {
        const std::vector<std::string> fields = pieces(line, '\t');
        if (fields.size() == 3)
            (fields[1] == "temporary" ? found.temporary : found.permanent).emplace(fields[0], fields[2]);
        complete = complete || line == "that is all";
    }
    if (!complete) return not_run();
    return found;
}

Result<Measure> speed_of_flufl(const std::filesystem::path& folder) {
    if (speed(folder) <= 0) return not_run();
    return Measure{[folder] { return speed(folder); }};
}

}  // namespace raadspost::evaluate
