// Light mark-up as a tree: what message and letter have in common. Headings (# to ###), paragraphs, **bold**,
// *italic*, lists (- or 1.), links [text](https://...), bare addresses, and a rule (---). HTML, pictures,
// code and tables are not mark-up here: their words or letters stay. A line break in the text stays
// a line break, as staff expect from plain text. Links other than http, https and mailto are dropped, their
// words stay. Read by md4c, in linear time. Pure functions: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::appeal {

struct Span {
    std::string text;     // plain UTF-8; "\n" alone is a line break
    std::string address;  // of a link, else empty
    bool bold = false;
    bool italic = false;

    friend bool operator==(const Span&, const Span&) = default;
};

struct Block {
    enum class Kind { heading, paragraph, bulleted, numbered, rule };
    Kind kind = Kind::paragraph;
    int level = 0;                          // heading: 1..3
    int first_number = 1;                   // numbered
    std::vector<Span> spans;                // heading, paragraph
    std::vector<std::vector<Block>> items;  // bulleted, numbered

    friend bool operator==(const Block&, const Block&) = default;
};

using Document = std::vector<Block>;

// Nesting beyond this many lists is flattened, so that hostile text cannot exhaust the stack.
inline constexpr int deepest_list = 6;

Document parsed_markup(std::string_view source);

// Word processors paste lists as lines that begin with a bullet sign and a tab: those become "- ", at the
// same columns. For what staff typed, before values are merged: a name that begins with a bullet is no list.
std::string bullets_as_dashes(std::string_view source);

// http, https and mailto with no control characters or blanks; the only links that leave the house.
bool is_safe_address(std::string_view address);

}  // namespace raadspost::appeal
