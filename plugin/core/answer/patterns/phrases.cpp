#include "core/answer/patterns/phrases.hpp"

#include "core/answer/patterns/phrase_reader.hpp"

#include <algorithm>
#include <iterator>

namespace raadspost::answer {
namespace {

using Alternatives = std::vector<Phrase>;

constexpr std::size_t max_octets = std::size_t{4} << 20;  // that are copied while a pattern is read

// Of the set of letters that begins at `at`, where its end can be told at a glance; else `at`.
std::size_t end_of_set(std::string_view pattern, std::size_t at) {
    const std::size_t end = pattern.find_first_of("[]\\", at + 1);
    return end != std::string_view::npos && pattern[end] == ']' && end > at + 1 && pattern[at + 1] != '^'
               ? end
               : at;
}

// Quoted text may hold "|", and flags reach over it; and sets whose end is not plain.
bool may_hide_alternatives(std::string_view pattern) {
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const std::string_view rest = pattern.substr(at);
        if (rest.starts_with("\\Q") || (rest.starts_with("(?") && !rest.starts_with("(?:"))) return true;
        if (rest.front() == '\\') {
            ++at;
        } else if (rest.front() == '[') {
            const std::size_t end = end_of_set(pattern, at);
            if (end == at) return true;
            at = end;
        }
    }
    return false;
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
    auto read = read_phrases(alternative, octets_left);
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
