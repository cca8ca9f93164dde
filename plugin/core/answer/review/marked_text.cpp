#include "core/answer/review/marked_text.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace raadspost::answer {

namespace {

constexpr std::string_view begins = "▶ ", ends = " ◀", cut = "…", blanks = " \t\r\n";

std::string_view trimmed(std::string_view line) {
    if (line.ends_with(cut)) line.remove_suffix(cut.size());
    const auto first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

// Where `line` ends when it stands at `from`, any run of blanks being as good as another; 0 when it does not.
std::size_t end_of(std::string_view line, std::string_view text, std::size_t from) {
    std::size_t at = from;
    for (std::size_t n = 0; n < line.size();) {
        if (at == text.size()) return 0;
        if (blanks.find(line[n]) == std::string_view::npos) {
            if (text[at++] != line[n++]) return 0;
            continue;
        }
        const auto next_word = line.find_first_not_of(blanks, n);
        const auto next_there = text.find_first_not_of(blanks, at);
        if (next_there == at || next_there == std::string_view::npos) return 0;
        n = next_word;
        at = next_there;
    }
    return at;
}

}  // namespace

std::string marked(std::string_view text, std::span<const std::string> deciding_lines) {
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (const std::string& each : deciding_lines) {
        const std::string_view line = trimmed(each);
        if (line.empty()) continue;
        for (auto from = text.find(line.front()); from != std::string_view::npos;
             from = text.find(line.front(), from + 1)) {
            const std::size_t end = end_of(line, text, from);
            if (end == 0) continue;
            places.emplace_back(from, end);
            break;
        }
    }
    std::ranges::sort(places);
    std::string shown;
    std::size_t at = 0;
    for (const auto& [from, end] : places) {
        if (from < at) continue;  // lies within one that is marked
        shown += text.substr(at, from - at);
        shown.append(begins).append(text.substr(from, end - from)).append(ends);
        at = end;
    }
    shown += text.substr(at);
    return shown;
}

}  // namespace raadspost::answer
