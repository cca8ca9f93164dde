#include "core/answer/patterns/phrases.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace raadspost::answer {
namespace {

using Strings = std::vector<std::string>;
using Alternatives = std::vector<Phrase>;

constexpr std::size_t max_product = 64;  // of strings that are written out where a gap of nothing would do
constexpr std::size_t max_octets = std::size_t{4} << 20;  // that are copied while a pattern is read
constexpr std::uint16_t most_words = 100;                 // in a gap

// Of the set of letters that begins at `at`, where its end can be told at a glance; else `at`.
std::size_t end_of_set(std::string_view pattern, std::size_t at) {
    const std::size_t end = pattern.find_first_of("[]\\", at + 1);
    return end != std::string_view::npos && pattern[end] == ']' && end > at + 1 && pattern[at + 1] != '^'
               ? end
               : at;
}

bool is_mark(char c) {
    return c > ' ' && c < 0x7F && !is_word_octet(c);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool begins_word(const std::string& text) {
    return !text.empty() &&
           (is_word_octet(text.front()) || text.front() == run::any_letters ||
            text.front() == run::some_letters || text.front() == run::digit || text.front() == run::digits);
}

// A run is a whole one where nothing behind it could belong to it as well.
bool may_follow(char run_sign, char next) {
    switch (run_sign) {
        case run::digits:
            return next == ' ' || is_mark(next) || (is_word_octet(next) && !is_digit(next));
        case run::no_blanks:
            return next == ' ';
        default:
            return true;
    }
}

bool can_be_joined(std::string_view text, std::string_view behind) {
    return text.empty() || behind.empty() || may_follow(text.back(), behind.front());
}

// Whether it cannot stand where the text begins and end there as well.
bool takes_room(const std::string& text) {
    return std::ranges::any_of(text,
                               [](char sign) { return sign != run::begin && sign != run::any_letters; });
}

std::size_t octets_of(const Phrase& phrase) {
    std::size_t octets = 0;
    for (const PhrasePart& part : phrase)
        for (const std::string& each : part.strings) octets += sizeof each + each.size();
    return octets;
}

// Reads a pattern of phrases; all of them, or nothing. `octets_left`: how many it may still copy.
class Reader {
public:
    Reader(std::string_view pattern, std::size_t& octets_left) : rest_{pattern}, octets_left_{octets_left} {}

    std::optional<Alternatives> read() {
        std::optional<Alternatives> all = alternatives();
        return rest_.empty() ? all : std::nullopt;
    }

private:
    using Read = std::optional<Alternatives>;

    static Alternatives of_strings(Strings strings) { return {Phrase{{{}, std::move(strings)}}}; }
    static Alternatives nothing() { return of_strings({{}}); }

    bool takes(std::string_view what) {
        if (!rest_.starts_with(what)) return false;
        rest_.remove_prefix(what.size());
        return true;
    }

    bool pays(std::size_t octets) {
        if (octets > octets_left_) return false;
        octets_left_ -= octets;
        return true;
    }

    // Where all are strings without a gap they are one phrase.
    static void add(Alternatives& to, Alternatives&& more) {
        for (Phrase& each : more) {
            const auto is_plain = [](const Phrase& one) { return one.size() == 1; };
            const auto plain = each.size() == 1 ? std::ranges::find_if(to, is_plain) : to.end();
            if (plain == to.end())
                to.push_back(std::move(each));
            else
                std::ranges::move(each.front().strings, std::back_inserter(plain->front().strings));
        }
    }

    // Up to the bracket that closes, or the end.
    Read alternatives() {
        Alternatives all;
        while (true) {
            Read some = sequence();
            if (!some) return std::nullopt;
            add(all, std::move(*some));
            if (!are_few(all)) return std::nullopt;
            if (!takes("|")) return all;
        }
    }

    Read sequence() {
        Alternatives all = nothing();
        while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
            const Read next = item();
            if (!next) return std::nullopt;
            Read longer = joined(all, *next);
            if (!longer) return std::nullopt;
            all = std::move(*longer);
        }
        return all;
    }

    static bool are_few(const Alternatives& all) {
        return all.size() <= max_phrases && std::ranges::all_of(all, [](const Phrase& phrase) {
                   return std::ranges::all_of(phrase, [](const PhrasePart& part) {
                       return part.strings.size() <= max_part_strings;
                   });
               });
    }

    Read joined(const Alternatives& begins, const Alternatives& ends) {
        Alternatives all;
        for (const Phrase& begin : begins)
            for (const Phrase& end : ends) {
                if (!pays(octets_of(begin) + octets_of(end))) return std::nullopt;
                std::optional<Phrase> longer = joined(begin, end);
                if (!longer) return std::nullopt;
                if (std::ranges::none_of(*longer, [](const PhrasePart& one) { return one.strings.empty(); }))
                    all.push_back(std::move(*longer));
                if (all.size() > max_phrases) return std::nullopt;
            }
        return all;
    }

    // Without strings in a part where the two can never stand together.
    std::optional<Phrase> joined(const Phrase& begin, const Phrase& end) {
        Phrase out = begin;
        PhrasePart& last = out.back();
        std::optional<Strings> behind = strings_behind(begin, end.front().strings);
        if (!behind) return std::nullopt;
        const bool large = last.strings.size() * behind->size() > max_product;
        if (large && std::ranges::all_of(*behind, [](const auto& each) { return each.starts_with(' '); })) {
            for (std::string& each : last.strings) {
                if (!can_be_joined(each, " ")) return std::nullopt;
                each += ' ';
            }
            for (std::string& each : *behind) each.erase(0, 1);
        }
        if (large && std::ranges::all_of(*behind, begins_word) &&
            std::ranges::all_of(last.strings, [](const auto& each) { return each.ends_with(' '); })) {
            out.push_back({{}, std::move(*behind)});
        } else {
            std::optional<Strings> longer = products(last.strings, *behind);
            if (!longer) return std::nullopt;
            last.strings = std::move(*longer);
        }
        out.insert(out.end(), end.begin() + 1, end.end());
        return out;
    }

    // Those strings of the next part that may stand there: the begin of the text is behind nothing. Nothing
    // where that cannot be told.
    static std::optional<Strings> strings_behind(const Phrase& begin, const Strings& strings) {
        const auto at_begin = [](const std::string& each) { return each.starts_with(run::begin); };
        if (begin.size() == 1 || std::ranges::none_of(strings, at_begin)) return strings;
        if (!std::ranges::all_of(begin.front().strings, takes_room)) return std::nullopt;
        Strings others;
        std::ranges::remove_copy_if(strings, std::back_inserter(others), at_begin);
        return others;
    }

    std::optional<Strings> products(const Strings& begins, const Strings& ends) {
        if (begins.size() * ends.size() > max_part_strings) return std::nullopt;
        std::size_t octets = 0;
        for (const std::string& each : begins) octets += ends.size() * (sizeof each + each.size());
        for (const std::string& each : ends) octets += begins.size() * each.size();
        if (!pays(octets)) return std::nullopt;
        Strings longer;
        longer.reserve(begins.size() * ends.size());
        for (const std::string& first : begins)
            for (const std::string& second : ends) {
                if (second.starts_with(run::begin) && !first.empty()) {
                    if (!takes_room(first)) return std::nullopt;
                    continue;
                }
                if (!can_be_joined(first, second)) return std::nullopt;
                longer.push_back(first + second);
            }
        return longer;
    }

    // "{2,4}", "?" and the like: how often what stands before it may occur.
    bool times(Gap& gap) {
        gap.least = gap.most = 1;
        if (takes("?")) {
            gap.least = 0;
        } else if (takes("*") || takes("+")) {
            return false;
        } else if (takes("{")) {
            const auto number = [&](std::uint16_t& into) {
                // RE2 takes "{00}" for letters.
                if (rest_.size() > 1 && rest_[0] == '0' && is_digit(rest_[1])) return false;
                const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), into);
                if (error != std::errc{}) return false;
                rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
                return true;
            };
            if (!number(gap.least)) return false;
            gap.most = gap.least;
            if (takes(",") && !number(gap.most)) return false;
            if (!takes("}")) return false;
        }
        return gap.most <= most_words && !is_repeated();
    }

    bool is_repeated() const {
        return !rest_.empty() && std::string_view{"*+?{"}.find(rest_.front()) != std::string_view::npos;
    }

    Read item() {
        for (const auto& [text, letters_only] :
             {std::pair{std::string_view{"(\\S+ )"}, false}, std::pair{std::string_view{"(?:\\S+ )"}, false},
              std::pair{std::string_view{"(\\w+ )"}, true}, std::pair{std::string_view{"(?:\\w+ )"}, true}})
            if (takes(text)) {
                Gap gap;
                gap.letters_only = letters_only;
                if (!times(gap)) return std::nullopt;
                return Alternatives{Phrase{{{}, {{}}}, {gap, {{}}}}};
            }
        if (takes("(")) return group();
        if (takes("\\")) return escaped();
        if (takes("[")) return set();
        if (takes("^")) return is_repeated() ? Read{} : of_strings({std::string(1, run::begin)});
        const char c = rest_.front();
        // Octet by octet, as RE2 reads Latin-1: "?" behind a letter beyond ASCII is for its last octet.
        if (std::string_view{".]*+?{}$"}.find(c) != std::string_view::npos || (c >= 'A' && c <= 'Z') ||
            (c >= 0 && c < ' '))
            return std::nullopt;
        rest_.remove_prefix(1);
        return once_or_not(of_strings({std::string(1, c)}));
    }

    Read once_or_not(Alternatives one) {
        if (takes("?")) add(one, nothing());
        return is_repeated() ? Read{} : one;
    }

    Read group() {
        if (!takes("?:") && rest_.starts_with('?')) return std::nullopt;
        const Read inside = alternatives();
        Gap often;
        constexpr std::uint16_t most_often = 6;
        if (!inside || !takes(")") || !times(often) || often.most > most_often) return std::nullopt;
        Alternatives all, so_many = nothing();
        for (std::uint16_t i = 0;; ++i) {
            if (i >= often.least) add(all, Alternatives{so_many});
            if (!are_few(all)) return std::nullopt;
            if (i == often.most) return all;
            Read more = joined(so_many, *inside);
            if (!more) return std::nullopt;
            so_many = std::move(*more);
        }
    }

    // Behind "[": letters and marks one by one, "[dt]", ranges of letters, and nothing else that may stand
    // there.
    Read set() {
        Strings all;
        while (!rest_.empty() && rest_.front() != ']') {
            const char c = rest_.front();
            if ((!is_word_octet(c) || (c >= 'A' && c <= 'Z')) &&
                std::string_view{".:!,;)("}.find(c) == std::string_view::npos)
                return std::nullopt;
            rest_.remove_prefix(1);
            const bool is_range = rest_.size() > 1 && rest_.front() == '-' && is_word_octet(c);
            const char last = is_range ? rest_[1] : c;
            if (is_range) rest_.remove_prefix(2);
            if (last < c || is_digit(last) != is_digit(c) || (is_range && !is_word_octet(last)))
                return std::nullopt;
            for (char each = c; each <= last; ++each) all.emplace_back(1, each);
        }
        if (all.empty() || !takes("]")) return std::nullopt;
        return once_or_not(of_strings(std::move(all)));
    }

    // Behind "\".
    Read escaped() {
        if (takes("w+")) return run_of(run::some_letters);
        if (takes("w*")) return run_of(run::any_letters);
        if (takes("d+")) return run_of(run::digits);
        if (takes("S+")) return run_of(run::no_blanks);
        if (takes("d*")) return run_or_nothing(run::digits);
        if (takes("S*")) return run_or_nothing(run::no_blanks);
        if (takes("d")) return digits();
        if (rest_.empty() || !is_mark(rest_.front())) return std::nullopt;
        const char mark = rest_.front();
        rest_.remove_prefix(1);
        return once_or_not(of_strings({std::string(1, mark)}));
    }

    Read run_of(char sign) { return is_repeated() ? Read{} : of_strings({std::string(1, sign)}); }

    Read run_or_nothing(char sign) {
        return is_repeated() ? Read{} : of_strings({std::string{}, std::string(1, sign)});
    }

    // "\d", "\d?", "\d{1,2}".
    Read digits() {
        Gap often;
        constexpr std::uint16_t most_digits = 12;
        if (!times(often) || often.most > most_digits) return std::nullopt;
        Strings all;
        for (std::uint16_t i = often.least; i <= often.most; ++i) all.emplace_back(i, run::digit);
        return of_strings(std::move(all));
    }

    std::string_view rest_;
    std::size_t& octets_left_;
};

// Quoted text may hold "|", and flags reach over it; and sets whose end is not plain.
bool may_hide_alternatives(std::string_view pattern) {
    for (std::size_t at = pattern.find("(?"); at != std::string_view::npos; at = pattern.find("(?", at + 1))
        if (!pattern.substr(at).starts_with("(?:")) return true;
    for (std::size_t at = pattern.find('['); at != std::string_view::npos; at = pattern.find('[', at + 1))
        if (const std::size_t end = end_of_set(pattern, at); end == at) return true;
    return pattern.find("\\Q") != std::string_view::npos;
}

// Where outside all brackets a pattern has alternatives, those; the whole where they cannot be told surely.
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

bool is_begin(const std::string& text) {
    return text.size() == 1 && text.front() == run::begin;
}

// Where part `i` is nothing: the gaps before and behind it become one.
std::optional<Phrase> without_part(Phrase phrase, std::size_t i) {
    if (i + 1 == phrase.size()) return std::nullopt;
    const Gap before = phrase[i].before;
    Gap& behind = phrase[i + 1].before;
    if (i == 0) {
        // Where no word need stand in the gap, what follows it is enough.
        if (behind.least > 0 || !std::ranges::all_of(phrase[1].strings, begins_word)) return std::nullopt;
        behind = {};
    } else {
        const bool one_is_nothing = before == Gap{} || behind == Gap{};
        if (!one_is_nothing && before.letters_only != behind.letters_only) return std::nullopt;
        behind.letters_only |= before.letters_only;
        behind.least = static_cast<std::uint16_t>(behind.least + before.least);
        behind.most = static_cast<std::uint16_t>(behind.most + before.most);
    }
    phrase.erase(phrase.begin() + static_cast<std::ptrdiff_t>(i));
    return phrase;
}

// Adds the phrase, once with each part that may be nothing and once without; false where that is too much.
bool add_without_empty_parts(Phrase phrase, Alternatives& to) {
    const auto is_empty = [](const std::string& each) { return each.empty(); };
    for (std::size_t i = 0; i < phrase.size(); ++i) {
        if (std::ranges::none_of(phrase[i].strings, is_empty)) continue;
        std::optional<Phrase> without = without_part(phrase, i);
        if (!without || !add_without_empty_parts(std::move(*without), to)) return false;
        std::erase_if(phrase[i].strings, is_empty);
        if (phrase[i].strings.empty()) return true;
    }
    to.push_back(std::move(phrase));
    return to.size() <= max_phrases;
}

bool is_letters(char sign) {
    return sign == run::any_letters || sign == run::some_letters;
}

// A long word must not be gone through for each of its letters: beside a run of letters that others follow,
// or that begins the string, there is none but at the end.
bool takes_its_length(std::string_view text) {
    if (text.size() > 1 && is_letters(text.back())) text.remove_suffix(1);
    std::size_t runs = 0;
    bool parts_letters = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char sign = text[i];
        if (sign < run::any_letters || sign > run::no_blanks || sign == run::digit) continue;
        ++runs;
        const bool at_end = i + 1 == text.size();
        parts_letters |=
            is_letters(sign) && (i == 0 || !(at_end || text[i + 1] == ' ' || is_mark(text[i + 1])));
    }
    return !parts_letters || runs == 1;
}

bool is_usable(const Phrase& phrase) {
    for (std::size_t i = 0; i < phrase.size(); ++i) {
        const bool gap_behind = i + 1 < phrase.size();
        for (const std::string& each : phrase[i].strings) {
            if (gap_behind && !each.ends_with(' ') && !is_begin(each)) return false;
            // A blank is no edge of a word where nothing stands before it.
            if (is_begin(each) && !gap_behind) return false;
            // What begins inside a word is looked for there, and only as letters.
            if (is_letters(each.front()) && (each.size() == 1 || !is_word_octet(each[1]))) return false;
            if (!takes_its_length(each)) return false;
        }
    }
    return true;
}

std::optional<Alternatives> phrases_in(std::string_view alternative, std::size_t& octets_left) {
    if (may_hide_alternatives(alternative)) return std::nullopt;
    constexpr std::string_view edge = "\\b";
    if (alternative.ends_with(edge) && !alternative.ends_with("\\\\b"))
        alternative.remove_suffix(edge.size());
    auto read = Reader{alternative, octets_left}.read();
    if (!read) return std::nullopt;
    Alternatives out;
    for (Phrase& each : *read)
        if (!add_without_empty_parts(std::move(each), out)) return std::nullopt;
    return std::ranges::all_of(out, is_usable) ? std::optional{std::move(out)} : std::nullopt;
}

}  // namespace

Phrases phrases_of(std::string_view pattern) {
    Phrases out;
    std::size_t octets_left = max_octets;
    for (const std::string_view each : outer_alternatives(pattern)) {
        if (auto phrases = phrases_in(each, octets_left)) {
            std::ranges::move(*phrases, std::back_inserter(out.phrases));
        } else {
            out.rest = out.rest ? *out.rest + '|' + std::string{each} : std::string{each};
        }
    }
    return out;
}

}  // namespace raadspost::answer
