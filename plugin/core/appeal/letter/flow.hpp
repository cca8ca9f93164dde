// The body of a letter as pieces from top to bottom (lines, rules, rows of signatories), and the pages that
// they fill. A page never ends with a heading or the first line of a paragraph, none begins with a last line,
// and signatures take the end of the text with them. Pure values; the texts belong to the LineBreaker that
// made them.
#pragma once

#include "core/appeal/letter.hpp"
#include "core/appeal/letter/lines.hpp"
#include "core/appeal/letter/tags.hpp"
#include "core/appeal/markup.hpp"

#include <vector>

namespace raadspost::appeal {

constexpr double mm(double millimetres) {
    return millimetres * 72 / 25.4;
}

// A4 by Dutch office practice: the address shows in a window at the left of a DL or C5 envelope (NEN 1026;
// DIN 5008 B).
struct Sheet {
    static constexpr double width = mm(210), height = mm(297);
    static constexpr double left = mm(25), right = mm(185), text_width = right - left;
    static constexpr double logo_top = mm(14), logo_height = mm(18), logo_width = mm(62);
    static constexpr double return_line = mm(49), address = mm(54), address_width = mm(85);
    static constexpr double reference = mm(91), subject = mm(103);
    static constexpr double next_page_head = mm(16), next_page_text = mm(30);
    static constexpr double bottom = mm(268), footer = mm(280);
};

struct Piece {
    enum class Kind { line, rule, signatories };
    Kind kind = Kind::line;
    double before = 0;  // space above, except at the top of a page
    double height = 0;
    bool keep_with_next = false;
    double x = Sheet::left;
    TagPath path;
    const BrokenText* text = nullptr;  // line
    std::size_t line = 0;
    const BrokenText* mark = nullptr;  // of a list item, at mark_x
    double mark_x = 0;
    TagPath mark_path;
    std::size_t first = 0, count = 0;  // signatories
};

struct SignatoryCell {
    const BrokenText *name, *function, *organisation;
    double height;  // of the words
};

struct Flow {
    std::vector<Piece> pieces;
    std::vector<SignatoryCell> cells;  // one per signatory
    double cell_width = 0;
};

inline constexpr double signature_logo_height = mm(11);
inline constexpr double signature_gap = mm(4);

Flow flow_of(const Document& body, const std::vector<Signatory>& signatories, LineBreaker& breaker,
             Tags& tags, const TagStep& document);

// The index of the first piece of each page; `first_top` is where the body begins on page 1.
std::vector<std::size_t> page_starts(const std::vector<Piece>& pieces, double first_top);

}  // namespace raadspost::appeal
