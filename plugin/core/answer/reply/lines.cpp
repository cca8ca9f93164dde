#include "core/answer/reply/lines.hpp"

#include "core/ascii.hpp"
#include "core/letter_set.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace raadspost::answer::reply {
namespace {

// No-break space, zero-width space, byte order mark, ideographic space.
constexpr std::array<std::string_view, 4> wide_blanks = {"\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF",
                                                         "\xE3\x80\x80"};

constexpr LetterSet rule_signs{"-_=*#~+ "}, may_begin_rule{"-_=*#~+ \xE2\xE1"};

bool is_space(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n' || letter == '\f';
}

}  // namespace

Lines lines_of(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

std::string_view trimmed(std::string_view line) {
    for (bool again = true; again;) {
        while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
        while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
        again = false;
        if (line.empty() || ((line.front() & 0x80) == 0 && (line.back() & 0x80) == 0)) return line;
        for (const std::string_view blank : wide_blanks) {
            if (line.starts_with(blank)) line.remove_prefix(blank.size()), again = true;
            if (line.ends_with(blank)) line.remove_suffix(blank.size()), again = true;
        }
    }
    return line;
}

bool is_quoted(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t");
    return first != std::string_view::npos && line[first] == '>';
}

bool is_rule(std::string_view line) {
    line = trimmed(line);
    if (line.size() < 3 || !may_begin_rule.has(line.front())) return false;
    constexpr std::array<std::string_view, 4> wide = {"\xE2\x80\x94", "\xE2\x80\x93", "\xE2\x94\x80",
                                                      "\xE1\x90\xA7"};
    while (!line.empty()) {
        if (rule_signs.has(line.front())) {
            line.remove_prefix(1);
            continue;
        }
        const auto* sign =
            std::ranges::find_if(wide, [&](std::string_view each) { return line.starts_with(each); });
        if (sign == wide.end()) return false;
        line.remove_prefix(sign->size());
    }
    return true;
}

bool matches(std::string_view text, const RE2& pattern) {
    return RE2::PartialMatch(re2::StringPiece{text.data(), text.size()}, pattern);
}

bool names_mailbox(std::string_view text) {
    static const RE2 pattern{R"([\w.+-]+@[\w-]+\.[\w.-]+)"};
    return text.find('@') != std::string_view::npos && matches(text, pattern);
}

bool names_time(std::string_view text) {
    static const RE2 pattern{R"(\b\d{1,2}[:.]\d\d\b|\d{1,2}：\d\d|下午|上午)"};
    return matches(text, pattern);
}

std::string joined(const Lines& lines, std::size_t first, std::size_t last) {
    while (first < last && is_blank(lines[first])) ++first;
    while (last > first && is_blank(lines[last - 1])) --last;
    std::string out;
    for (std::size_t i = first; i < last; ++i) (out += i == first ? "" : "\n") += lines[i];
    return out;
}

}  // namespace raadspost::answer::reply
