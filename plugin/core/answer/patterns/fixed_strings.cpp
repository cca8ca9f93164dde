#include "core/answer/patterns/fixed_strings.hpp"

#include <algorithm>
#include <optional>

namespace raadspost::answer {
namespace {

using Strings = std::vector<std::string>;

constexpr std::string_view any_letters = "\\w*";

bool is_mark(char c) {
    return c > ' ' && c < 0x7F && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
           !(c >= '0' && c <= '9') && c != '_';
}

// As RE2 reads "\w" and "\b".
bool is_word_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// Reads a pattern without what has no end; all its strings, or nothing.
class Reader {
public:
    explicit Reader(std::string_view pattern) : rest_{pattern} {}

    std::optional<Strings> read() {
        std::optional<Strings> all = alternatives();
        return rest_.empty() ? all : std::nullopt;
    }

    // What stands before the first thing without an end.
    Strings read_beginnings() {
        Strings all{{}};
        while (!rest_.empty()) {
            const std::optional<Strings> next = item();
            const bool repeats =
                !rest_.empty() && std::string_view{"*+?{"}.find(rest_.front()) != std::string_view::npos;
            if (!next || repeats || all.size() * next->size() > max_fixed_strings) break;
            all = joined(all, *next);
        }
        return all;
    }

private:
    static Strings joined(const Strings& begins, const Strings& ends) {
        Strings longer;
        longer.reserve(begins.size() * ends.size());
        for (const std::string& begin : begins)
            for (const std::string& end : ends) longer.push_back(begin + end);
        return longer;
    }

    // Up to the bracket that closes, or the end.
    std::optional<Strings> alternatives() {
        Strings all;
        while (true) {
            const std::optional<Strings> some = sequence();
            if (!some || all.size() + some->size() > max_fixed_strings) return std::nullopt;
            all.insert(all.end(), some->begin(), some->end());
            if (!rest_.starts_with('|')) return all;
            rest_.remove_prefix(1);
        }
    }

    std::optional<Strings> sequence() {
        Strings all{{}};
        while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
            std::optional<Strings> next = item();
            if (!next || all.size() * next->size() > max_fixed_strings) return std::nullopt;
            all = joined(all, *next);
        }
        return all;
    }

    std::optional<Strings> item() {
        Strings one;
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == '(') {
            if (rest_.starts_with("?:"))
                rest_.remove_prefix(2);
            else if (rest_.starts_with('?'))
                return std::nullopt;
            std::optional<Strings> inside = alternatives();
            if (!inside || !rest_.starts_with(')')) return std::nullopt;
            rest_.remove_prefix(1);
            one = std::move(*inside);
        } else if (c == '\\') {
            if (rest_.empty() || !is_mark(rest_.front())) return std::nullopt;
            one = {std::string(1, rest_.front())};
            rest_.remove_prefix(1);
        } else if (std::string_view{".[]*+?{}^$"}.find(c) != std::string_view::npos ||
                   (c >= 'A' && c <= 'Z')) {
            return std::nullopt;
        } else {
            one = {std::string(1, c)};
        }
        if (rest_.starts_with('?')) {
            rest_.remove_prefix(1);
            one.emplace_back();
        }
        return one;  // a second sign that repeats is refused as the next item
    }

    std::string_view rest_;
};

// Sets of letters and quoted text may hold "|", and flags reach over it.
bool may_hide_alternatives(std::string_view pattern) {
    for (std::size_t at = pattern.find("(?"); at != std::string_view::npos; at = pattern.find("(?", at + 1))
        if (!pattern.substr(at).starts_with("(?:")) return true;
    return pattern.find('[') != std::string_view::npos || pattern.find("\\Q") != std::string_view::npos;
}

std::optional<std::vector<FixedString>> all_strings(std::string_view alternative) {
    const bool open_before = alternative.starts_with(any_letters);
    if (open_before) alternative.remove_prefix(any_letters.size());
    const bool open_behind = alternative.ends_with(any_letters);
    if (open_behind) alternative.remove_suffix(any_letters.size());
    const std::optional<Strings> strings = Reader{alternative}.read();
    if (!strings) return std::nullopt;
    std::vector<FixedString> out;
    for (const std::string& each : *strings) {
        // Beside a mark "\w*" may begin a word of its own; and nothing at all stands everywhere.
        if (each.empty() || (open_before && !is_word_letter(each.front())) ||
            (open_behind && !is_word_letter(each.back())))
            return std::nullopt;
        out.push_back({each, open_before, open_behind});
    }
    return out;
}

}  // namespace

std::vector<std::string_view> outer_alternatives(std::string_view pattern) {
    if (may_hide_alternatives(pattern)) return {pattern};
    std::vector<std::string_view> out;
    std::size_t begin = 0, depth = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        if (c == '\\') ++at;
        if (c == '(') ++depth;
        if (c == ')') --depth;
        if (c != '|' || depth != 0) continue;
        out.push_back(pattern.substr(begin, at - begin));
        begin = at + 1;
    }
    out.push_back(pattern.substr(begin));
    return out;
}

std::vector<std::string> fixed_beginnings(std::string_view alternative) {
    if (may_hide_alternatives(alternative)) return {};
    if (alternative.starts_with('^')) alternative.remove_prefix(1);
    Strings strings = Reader{alternative}.read_beginnings();
    const bool tell = std::ranges::none_of(strings, [](const std::string& each) { return each.empty(); });
    return tell ? strings : Strings{};
}

FixedStrings fixed_strings(std::string_view pattern) {
    FixedStrings out;
    for (const std::string_view each : outer_alternatives(pattern)) {
        if (const auto strings = all_strings(each)) {
            out.strings.insert(out.strings.end(), strings->begin(), strings->end());
        } else {
            out.rest = out.rest ? *out.rest + '|' + std::string{each} : std::string{each};
        }
    }
    return out;
}

}  // namespace raadspost::answer
