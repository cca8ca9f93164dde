// What of a pattern is nothing but a list of fixed strings, written shorter: "door(ge)?stuurd | verspreid".
// Whether one of those stands in a text is told by looking for them all at once (piece_search.hpp); an
// automaton is needed for the rest only. Read are letters, marks, small sets of them, groups, "|" and "?";
// what holds anything else of RE2's syntax belongs to the rest. Internal to pattern_set.cpp. Pure; safe on
// any thread.
#pragma once

#include "core/no_host.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_fixed_strings = 128;  // of one alternative: beyond it belongs to the rest
inline constexpr std::size_t max_beginnings = 512;     // of one alternative

struct FixedString {
    std::string text;
    // Whether any more letters of the word may stand before it and behind it ("\w*").
    bool open_before = false, open_behind = false;
    bool begins_text = false;  // it stands nowhere else
};

struct FixedStrings {
    std::vector<FixedString> strings;
    std::optional<std::string> rest;  // a pattern
};

// `pattern` is one that RE2 takes, to be read as whole words in lower case and octet by octet: it matches
// where one of the strings or the rest does.
FixedStrings fixed_strings(std::string_view pattern);

// Where outside all brackets a pattern has alternatives, those; the whole where they cannot be told surely.
std::vector<std::string_view> outer_alternatives(std::string_view pattern);

// Strings with one of which every match of an outer alternative begins; none where they cannot be told, or
// are too many.
struct Beginnings {
    std::vector<std::string> strings;
    bool begin_text = false;  // the alternative begins only where the text does; told without strings as well
    bool end_words = false;   // they count only where a word ends behind them
    std::string_view rest;    // of the alternative, behind them, or behind the group that they begin
};
Beginnings fixed_beginnings(std::string_view alternative);

}  // namespace raadspost::answer
