// What of a pattern is nothing but phrases: fixed strings, one behind the other, with at most so many words
// between them. "(heeft|krijgt) (de |onze )?raad (\S+ ){0,3}uw" is two of them; they are told by looking for
// the strings (phrase_search.hpp), and no automaton is needed. Read are letters, marks, small sets of them,
// groups, "|", "?", "^", the runs below and gaps of words, "(\S+ ){0,3}" and "(\w+ )?"; what holds anything
// else of RE2's syntax is left to RE2. Internal to rules. Pure; safe on any thread.
#pragma once

#include "core/letter_set.hpp"
#include "core/no_host.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

// In a string, what stands for a run of signs. Texts that have such octets themselves do not match them.
// Letters may follow one of letters; else it is a whole one: no sign of its kind follows it.
namespace run {
inline constexpr char any_letters = '\x01';   // "\w*"
inline constexpr char some_letters = '\x02';  // "\w+"
inline constexpr char digit = '\x03';         // "\d", one
inline constexpr char digits = '\x04';        // "\d+"
inline constexpr char no_blanks = '\x05';     // "\S+"
inline constexpr char begin = '\x06';         // of the text: "^"
}  // namespace run

// Words, each with the blank behind it, that stand between two parts.
struct Gap {
    std::uint16_t least = 0, most = 0;
    bool letters_only = false;  // "\w+" rather than "\S+"

    bool operator==(const Gap&) const = default;
};

struct PhrasePart {
    Gap before;  // of the first part: nothing
    std::vector<std::string> strings;
};

// Of the first part a string begins at the edge of a word, of the last one it ends there; before a gap it
// ends with a blank, or is the begin of the text alone; behind one a blank stands before it.
using Phrase = std::vector<PhrasePart>;

inline constexpr std::size_t max_part_strings = 4096, max_phrases = 64;  // of one alternative

struct Phrases {
    std::vector<Phrase> phrases;
    std::optional<std::string> rest;  // a pattern
};

// `pattern` is one that RE2 takes, to be read as whole words in lower case and octet by octet: it matches
// where one of the phrases or the rest does.
Phrases phrases_of(std::string_view pattern);

// As RE2 reads "\w" in octets.
inline constexpr LetterSet word_octets{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"};

inline constexpr bool is_word_octet(char c) {
    return word_octets.has(c);
}

}  // namespace raadspost::answer
