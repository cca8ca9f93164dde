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

}  // namespace

Result<FoundByFlufl> found_by_flufl(const std::filesystem::path& folder) {
    const std::string command = "/usr/bin/python3 " +
                                quoted(RAADSPOST_SOURCE_DIR "/tests/evaluate/flufl_bounces.py") + " " +
                                quoted(folder.string());
    std::string output;
    if (const std::unique_ptr<std::FILE, int (*)(std::FILE*)> child(popen(command.c_str(), "r"), pclose);
        child) {
        std::array<char, 4096> room;
        while (const std::size_t size = std::fread(room.data(), 1, room.size(), child.get()))
            output.append(room.data(), size);
    }
    FoundByFlufl found;
    for (const std::string& line : pieces(output, '\n')) {
        const std::vector<std::string> fields = pieces(line, '\t');
        if (fields.size() == 3)
            (fields[1] == "temporary" ? found.temporary : found.permanent).emplace(fields[0], fields[2]);
        else if (fields.size() == 2)
            std::from_chars(fields[1].data(), fields[1].data() + fields[1].size(), found.per_second);
    }
    if (found.per_second <= 0)
        return Problem{"evaluate_flufl", "", "",
                       "flufl.bounce could not be run beside ours; install python3-flufl.bounce"};
    return found;
}

}  // namespace raadspost::evaluate
