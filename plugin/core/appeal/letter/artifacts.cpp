#include "core/appeal/letter/artifacts.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace raadspost::appeal {
namespace {

// What stands before the operator on its line may be others that only set a colour: "0 0 0 rg BT".
std::string_view last_word(std::string_view line) {
    const auto blank = line.rfind(' ');
    return blank == std::string_view::npos ? line : line.substr(blank + 1);
}

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Tables 59, 60 and 87 of ISO 32000-1.
constexpr std::string_view builds_path[] = {"m", "l", "c", "v", "y", "h", "re"};
constexpr std::string_view paints[] = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"};

}  // namespace

std::string with_artifacts(std::string_view content) {
    constexpr std::string_view begin = "/Artifact BMC\n", end = "EMC\n";
    std::string out;
    out.reserve(content.size() + 4 * (begin.size() + end.size()));
    std::size_t marks = 0;
    std::size_t path = std::string::npos;  // where in `out` the path begins that is being built
    bool in_text = false, in_artifact = false;
    while (!content.empty()) {
        const std::string_view line = content.substr(0, content.find('\n'));
        content.remove_prefix(std::min(line.size() + 1, content.size()));
        const std::size_t here = out.size();
        out += line;
        out += '\n';
        if (in_text) {  // the strings in it may be broken at any byte
            if (line != "ET") continue;
            in_text = false;
            if (std::exchange(in_artifact, false)) out += end;
            continue;
        }
        const std::string_view word = last_word(line);
        if (word == "BDC" || word == "BMC") ++marks;
        if (word == "EMC" && marks > 0) --marks;
        if (word == "BT") {
            in_text = true;
            in_artifact = marks == 0;
            if (in_artifact) out.insert(here, begin);
        } else if (is_one_of(word, builds_path)) {
            path = std::min(path, here);
        } else {
            if (marks == 0 && is_one_of(word, paints)) {
                out.insert(std::min(path, here), begin);
                out += end;
            }
            path = std::string::npos;
        }
    }
    return out;
}

}  // namespace raadspost::appeal
