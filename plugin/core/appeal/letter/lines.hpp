// Paragraphs broken into lines. A LineBreaker keeps the paragraphs that it has broken: letters of one appeal
// share most of them, and shaping costs more than all else about a line. Belongs to one thread at a time.
#pragma once

#include "core/appeal/letter/faces.hpp"
#include "core/appeal/markup.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace raadspost::appeal {

struct TextStyle {
    double size = 10.5;   // points
    double leading = 15;  // points from line to line
    bool bold = false;
    double width = 0;  // points; 0: never broken
    bool to_the_right = false;
};

// A broken paragraph, as glyphs that only need to be moved to their place on the page.
struct BrokenText {
    // Glyphs of one font that belong to one link, or to none.
    struct Run {
        cairo_scaled_font_t* font;          // owned by the layout's fonts
        std::vector<cairo_glyph_t> glyphs;  // from the line's left end and baseline, points
        double left, width;
        const std::string* address;  // of the link, in `links`; null for plain words
    };
    struct Line {
        std::vector<Run> runs;
        double width = 0;
    };
    struct Link {
        int begin, end;  // bytes in the layout's text
        std::string address;
    };
    PangoLayoutOwner layout;
    TextStyle style;
    std::vector<Link> links;
    std::vector<Line> lines;
    double natural_width = 0;  // of the widest line, points
    bool used = true;          // since the last forget_if_many
};

class LineBreaker {
public:
    explicit LineBreaker(const Faces& faces) : faces_{faces} {}

    // Good until the next call of forget_if_many.
    const BrokenText& broken(const std::vector<Span>& spans, const TextStyle& style);
    const BrokenText& broken(const std::string& words, const TextStyle& style);

    // Between letters: what several letters share stays, what belonged to one council does not pile up.
    void forget_if_many();

private:
    const Faces& faces_;
    std::unordered_map<std::string, BrokenText> known_;
};

}  // namespace raadspost::appeal
