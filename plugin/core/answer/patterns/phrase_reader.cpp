#include "core/answer/patterns/phrase_reader.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace raadspost::answer {
namespace {

using Strings = std::vector<std::string>;
using Alternatives = std::vector<Phrase>;

constexpr std::size_t max_product = 64;    // of strings that are written out where a gap of nothing would do
constexpr std::uint16_t most_words = 100;  // in a gap

bool is_digit(char c) {
    return c >= '0' && c <= '9';
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

}  // namespace

bool begins_word(const std::string& text) {
    return !text.empty() &&
           (is_word_octet(text.front()) || text.front() == run::any_letters ||
            text.front() == run::some_letters || text.front() == run::digit || text.front() == run::digits);
}

std::optional<std::vector<Phrase>> read_phrases(std::string_view alternative, std::size_t& octets_left) {
    return Reader{alternative, octets_left}.read();
}

}  // namespace raadspost::answer
