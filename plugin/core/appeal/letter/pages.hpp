// Draws one letter on cairo's PDF surface: letterhead, address window, reference, subject, body, signatories,
// feet. Belongs to one drawing on one thread.
#pragma once

#include "core/appeal/colour.hpp"
#include "core/appeal/letter.hpp"
#include "core/appeal/letter/finish_pdf.hpp"
#include "core/appeal/letter/flow.hpp"

#include <string>
#include <vector>

namespace raadspost::appeal {

class Pages {
public:
    Pages(cairo_t* cr, LineBreaker& breaker, const Letterhead& letterhead, const Letter& letter);

    // False if the letter takes more than longest_letter pages; nothing is drawn then.
    bool draw();

    // In the order of drawing, for finished_pdf.
    const std::vector<FigureMark>& figures() const { return figures_; }

private:
    void letterhead();
    void address();
    void reference();
    double subject();
    void body(const Flow& flow, std::size_t begin, std::size_t end, double y);
    void signatories(const Flow& flow, const Piece& row, double y);
    void feet(std::size_t page, std::size_t pages);

    void line(const BrokenText& text, std::size_t line, double x, double y, Colour colour,
              const TagPath& path = {});
    void glyphs(const BrokenText::Run& run, double x, double baseline, Colour colour);
    double lines(const BrokenText& text, double x, double y, Colour colour, const TagPath& path = {});
    void figure(const Logo& logo, double x, double y, double width, double height, const TagPath& path);
    TagPath tagged(const char* name);

    cairo_t* cr_;
    LineBreaker& breaker_;
    const Letterhead& letterhead_;
    const Letter& letter_;
    Colour accent_;
    Tags tags_;
    TagStep document_;
    std::vector<FigureMark> figures_;
    std::vector<CairoSurface> stand_ins_;  // of mark 2, 3, ...
    std::vector<cairo_glyph_t> moved_;     // scratch of glyphs()
};

}  // namespace raadspost::appeal
