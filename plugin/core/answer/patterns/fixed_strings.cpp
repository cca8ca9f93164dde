#include "core/answer/patterns/fixed_strings.hpp"

#include <algorithm>
#include <optional>

namespace raadspost::answer {
namespace {

using Strings = std::vector<std::string>;

constexpr std::string_view any_letters = "\\w*";
constexpr std::string_view any_digit = "\\d";
constexpr std::string_view word_edge = "\\b";

bool is_mark(char c) {
    return c > ' ' && c < 0x7F && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
           !(c >= '0' && c <= '9') && c != '_';
}

// As RE2 reads "\w" and "\b".
bool is_word_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// Of the set of letters that begins at `at`, where its end can be told at a glance; else `at`.
std::size_t end_of_set(std::string_view pattern, std::size_t at) {
    const std::size_t end = pattern.find_first_of("[]\\", at + 1);
    return end != std::string_view::npos && pattern[end] == ']' && end > at + 1 && pattern[at + 1] != '^'
               ? end
               : at;
}

// Whether a sign follows that lets what stands before it occur otherwise than once.
bool is_repeated(std::string_view behind) {
    return !behind.empty() && std::string_view{"*?+{"}.find(behind.front()) != std::string_view::npos;
}

// Of the bracket that closes the group with which this begins; npos where there is none.
std::size_t end_of_group(std::string_view pattern) {
    if (!pattern.starts_with('(')) return std::string_view::npos;
    std::size_t depth = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        if (c == '\\') ++at;
        if (c == '[') at = end_of_set(pattern, at);
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) return at;
    }
    return std::string_view::npos;
}

// Reads a pattern without what has no end; all its strings, or nothing.
class Reader {
public:
    explicit Reader(std::string_view pattern) : rest_{pattern} {}

    std::optional<Strings> read() {
        std::optional<Strings> all = alternatives();
        return rest_.empty() ? all : std::nullopt;
    }

    // What stands before the first thing without an end; rest() is what follows.
    Strings read_beginnings() {
        Strings all{{}};
        while (!rest_.empty()) {
            const std::string_view before = rest_;
            std::optional<Strings> next = rest_.starts_with(any_digit) ? digit() : item();
            if (!next) {
                rest_ = before;
                next = beginnings_of_group();
                ends_open_ = next.has_value();
            }
            if (!next || all.size() * next->size() > max_beginnings || may_be_left_out()) {
                rest_ = before;
                ends_open_ = false;
                break;
            }
            all = joined(all, *next);
            if (skipped_repetition()) ends_open_ = true;
            if (ends_open_) break;
        }
        return all;
    }
    std::string_view rest() const { return rest_; }
    // Whether any more may stand between the beginnings and the rest.
    bool ends_open() const { return ends_open_; }

private:
    static Strings joined(const Strings& begins, const Strings& ends) {
        Strings longer;
        longer.reserve(begins.size() * ends.size());
        for (const std::string& begin : begins)
            for (const std::string& end : ends) longer.push_back(begin + end);
        return longer;
    }

    // Whether what was read is followed by a sign that lets it stand no times at all.
    bool may_be_left_out() const {
        return rest_.starts_with('*') || rest_.starts_with('?') || rest_.starts_with("{0") ||
               rest_.starts_with("{,");
    }

    // With what each alternative of the group at hand begins; the rest is what follows the group.
    std::optional<Strings> beginnings_of_group() {
        const std::size_t end = end_of_group(rest_);
        if (end == std::string_view::npos) return std::nullopt;
        std::string_view inside = rest_.substr(1, end - 1);
        if (inside.starts_with("?:")) inside.remove_prefix(2);
        Strings all;
        for (std::string_view each : outer_alternatives(inside)) {
            if (each.starts_with('^')) each.remove_prefix(1);
            const Strings begins = Reader{each}.read_beginnings();
            const auto is_empty = [](const std::string& one) { return one.empty(); };
            if (std::ranges::any_of(begins, is_empty) || all.size() + begins.size() > max_beginnings)
                return std::nullopt;
            all.insert(all.end(), begins.begin(), begins.end());
        }
        rest_.remove_prefix(end + 1);
        return all;
    }

    // "+", "{1,2}": once it stood there.
    bool skipped_repetition() {
        std::size_t end = 0;
        if (rest_.starts_with('{')) end = rest_.find_first_not_of("0123456789,", 1);
        // A "{" that closes otherwise is one as any letter.
        if (end == std::string_view::npos || rest_.empty() || rest_[end] != (end == 0 ? '+' : '}'))
            return false;
        rest_.remove_prefix(end + 1);
        if (rest_.starts_with('?')) rest_.remove_prefix(1);
        return true;
    }

    Strings digit() {
        rest_.remove_prefix(any_digit.size());
        Strings all;
        for (char c = '0'; c <= '9'; ++c) all.emplace_back(1, c);
        return all;
    }

    // Behind "[": letters and marks one by one, "[dt]", and nothing else that may stand there.
    std::optional<Strings> set() {
        Strings all;
        while (!rest_.empty() && rest_.front() != ']') {
            const char c = rest_.front();
            if (!is_word_letter(c) && std::string_view{".:!,;)("}.find(c) == std::string_view::npos)
                return std::nullopt;
            all.emplace_back(1, c);
            rest_.remove_prefix(1);
        }
        if (rest_.empty() || all.empty()) return std::nullopt;
        rest_.remove_prefix(1);
        return all;
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
        } else if (c == '[') {
            std::optional<Strings> inside = set();
            if (!inside) return std::nullopt;
            one = std::move(*inside);
        } else if (c == '\\') {
            if (rest_.empty() || !is_mark(rest_.front())) return std::nullopt;
            one = {std::string(1, rest_.front())};
            rest_.remove_prefix(1);
        } else if (std::string_view{".]*+?{}^$"}.find(c) != std::string_view::npos ||
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
    bool ends_open_ = false;
};

// Quoted text may hold "|", and flags reach over it; and sets whose end is not plain.
bool may_hide_alternatives(std::string_view pattern) {
    for (std::size_t at = pattern.find("(?"); at != std::string_view::npos; at = pattern.find("(?", at + 1))
        if (!pattern.substr(at).starts_with("(?:")) return true;
    for (std::size_t at = pattern.find('['); at != std::string_view::npos; at = pattern.find('[', at + 1))
        if (const std::size_t end = end_of_set(pattern, at); end == at) return true;
    return pattern.find("\\Q") != std::string_view::npos;
}

std::optional<std::vector<FixedString>> all_strings(std::string_view alternative) {
    if (may_hide_alternatives(alternative)) return std::nullopt;
    const bool begins_text = alternative.starts_with('^');
    if (begins_text) alternative.remove_prefix(1);
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
        if (begins_text && open_before) return std::nullopt;
        out.push_back({each, open_before, open_behind, begins_text});
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
        if (c == '[') at = end_of_set(pattern, at);
        if (c == '(') ++depth;
        if (c == ')') --depth;
        if (c != '|' || depth != 0) continue;
        out.push_back(pattern.substr(begin, at - begin));
        begin = at + 1;
    }
    out.push_back(pattern.substr(begin));
    return out;
}

Beginnings fixed_beginnings(std::string_view alternative) {
    Beginnings out;
    if (may_hide_alternatives(alternative)) return out;
    out.begin_text = alternative.starts_with('^') && !is_repeated(alternative.substr(1));
    if (out.begin_text) alternative.remove_prefix(1);
    Reader reader{alternative};
    Strings strings = reader.read_beginnings();
    if (std::ranges::any_of(strings, [](const std::string& each) { return each.empty(); })) return out;
    out.strings = std::move(strings);
    out.rest = reader.rest();
    const bool at_edge = out.rest.starts_with(word_edge) && !is_repeated(out.rest.substr(word_edge.size()));
    out.end_words = !reader.ends_open() && (out.rest.empty() || at_edge);
    return out;
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
