#include "core/appeal/letter/artifacts.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace raadspost::appeal {
namespace {

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Tables 59, 60 and 87 of ISO 32000-1.
constexpr std::string_view path_operators[] = {"m", "l", "c", "v", "y", "h", "re"};
constexpr std::string_view painting_operators[] = {"S",  "s", "f",  "F",  "f*", "B",
                                                   "B*", "b", "b*", "Do", "sh"};

// What the operators of one line do, outside text objects: cairo writes several on one, and breaks a line
// between operands.
struct Line {
    bool builds = false, paints = false, ends_path = false, begins_mark = false, ends_mark = false;
    bool begins_text = false, unfinished = false;

    explicit Line(std::string_view line) {
        std::string_view word;
        while (!line.empty()) {
            word = line.substr(0, line.find(' '));
            line.remove_prefix(std::min(word.size() + 1, line.size()));
            builds = builds || is_one_of(word, path_operators);
            paints = paints || is_one_of(word, painting_operators);
            ends_path = ends_path || paints || word == "n";
            begins_mark = begins_mark || word == "BDC" || word == "BMC";
            ends_mark = ends_mark || word == "EMC";
        }
        begins_text = word == "BT";
        unfinished = !word.empty() && (word[0] == '/' || word[0] == '-' || word[0] == '.' ||
                                       (word[0] >= '0' && word[0] <= '9'));
    }
};

}  // namespace

std::string with_artifacts(std::string_view content) {
    constexpr std::string_view begin = "/Artifact BMC\n", end = "EMC\n";
    constexpr std::size_t nowhere = std::string::npos;
    std::string out;
    out.reserve(content.size() + 4 * (begin.size() + end.size()));
    std::size_t marks = 0;
    std::size_t operands = nowhere, path = nowhere;  // where in `out` begins what this line goes on with
    bool in_text = false, in_artifact = false;
    while (!content.empty()) {
        const std::string_view text = content.substr(0, content.find('\n'));
        content.remove_prefix(std::min(text.size() + 1, content.size()));
        const std::size_t here = std::min(operands, out.size());
        out += text;
        out += '\n';
        if (in_text) {  // the strings in it may be broken at any byte
            if (text != "ET") continue;
            in_text = false;
            if (std::exchange(in_artifact, false)) out += end;
            continue;
        }
        const Line line{text};
        if (line.begins_mark) ++marks;
        if (line.ends_mark && marks > 0) --marks;
        if (line.begins_text) {
            in_text = true;
            in_artifact = marks == 0;
            if (in_artifact) out.insert(here, begin);
        } else if (line.paints && marks == 0) {
            out.insert(std::min(path, here), begin);
            out += end;
        }
        if (line.ends_path)
            path = nowhere;
        else if (line.builds)
            path = std::min(path, here);
        operands = line.unfinished ? here : nowhere;
    }
    return out;
}

}  // namespace raadspost::appeal
