#include "core/appeal/letter/pages.hpp"

#include <algorithm>
#include <string>

namespace raadspost::appeal {
namespace {

constexpr Colour ink{0x22 / 255.0, 0x25 / 255.0, 0x2A / 255.0};
constexpr Colour grey{0x5A / 255.0, 0x5F / 255.0, 0x66 / 255.0};
constexpr TextStyle small{7.5, 10, false, 0, false};
constexpr std::size_t most_address_lines = 6;

// Lato's own measure: where the baseline stands between one line's top and the next.
double baseline_of(const TextStyle& style) {
    constexpr double ascent = 0.987, descent = 0.213;
    return (style.leading - (ascent + descent) * style.size) / 2 + ascent * style.size;
}

// The value of a tag's attribute in cairo's little language.
std::string uri_attribute(const std::string& address) {
    std::string out = "uri='";
    for (const char c : address) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + '\'';
}

}  // namespace

Pages::Pages(cairo_t* cr, LineBreaker& breaker, const Letterhead& letterhead, const Letter& letter)
    : cr_{cr},
      breaker_{breaker},
      letterhead_{letterhead},
      letter_{letter},
      accent_{house_colour(letterhead.colour)},
      tags_{cr},
      document_{"Document", tags_.new_id()} {}

TagPath Pages::tagged(const char* name) {
    return {document_, {name, tags_.new_id()}};
}

bool Pages::draw() {
    const TextStyle title{13, 18, true, Sheet::text_width, false};
    const double body_top =
        Sheet::subject + 11 + breaker_.broken(letter_.subject, title).line_count * title.leading + 14;
    const Flow flow = flow_of(parsed_markup(letter_.markup), letter_.signatories, breaker_, tags_, document_);
    const auto starts = page_starts(flow.pieces, body_top);
    if (starts.size() > longest_letter) return false;
    for (std::size_t page = 0; page < starts.size(); ++page) {
        double y = Sheet::next_page_text;
        if (page == 0) {
            letterhead();
            address();
            reference();
            y = subject();
        }
        body(flow, starts[page], page + 1 < starts.size() ? starts[page + 1] : flow.pieces.size(), y);
        tags_.close_leaf();
        if (page + 1 == starts.size()) tags_.close_all();
        feet(page, starts.size());
        cairo_show_page(cr_);
    }
    return true;
}

void Pages::letterhead() {
    double left = Sheet::left;
    if (!letterhead_.logo.empty()) {
        const Logo& logo = letterhead_.logo.front();
        const double scale = std::min(Sheet::logo_width / logo.width(), Sheet::logo_height / logo.height());
        figure(logo, Sheet::left, Sheet::logo_top, logo.width() * scale, logo.height() * scale,
               tagged("Figure"));
        left += logo.width() * scale + mm(8);
    }
    const bool right = !letterhead_.logo.empty();
    const TextStyle style{right ? 10.0 : 14.0, right ? 14.0 : 19.0, true, Sheet::right - left, right};
    const BrokenText& name = breaker_.broken(letterhead_.association, style);
    const double y = Sheet::logo_top + (Sheet::logo_height - name.line_count * style.leading) / 2;
    lines(name, left, y, accent_, tagged("P"));
}

void Pages::address() {
    tags_.go_to({document_});
    if (!letterhead_.return_line.empty()) {
        TextStyle style{6.5, 8, false, 0, false};
        const BrokenText* text = &breaker_.broken(letterhead_.return_line, style);
        if (text->natural_width > Sheet::address_width) {
            style.size *= std::max(0.7, Sheet::address_width / text->natural_width);
            text = &breaker_.broken(letterhead_.return_line, style);
        }
        lines(*text, Sheet::left, Sheet::return_line - 2, grey);
    }
    const TagPath path = tagged("P");
    double y = Sheet::address;
    const std::size_t count = std::min(letter_.addressee.size(), most_address_lines);
    for (std::size_t i = 0; i < count; ++i) {
        // A line too long for the window is set smaller; it may not run on, for the window holds six.
        TextStyle style{10.5, 13.5, false, 0, false};
        const BrokenText* text = &breaker_.broken(letter_.addressee[i], style);
        if (text->natural_width > Sheet::address_width) {
            style.size *= std::max(0.6, Sheet::address_width / text->natural_width);
            text = &breaker_.broken(letter_.addressee[i], style);
        }
        line(*text, 0, Sheet::left, y, ink, path);
        y += style.leading;
    }
}

void Pages::reference() {
    const std::string date = dutch_date(letter_.date);
    const std::string columns[][2] = {{"Datum", letter_.place.empty() ? date : letter_.place + ", " + date},
                                      {"Ons kenmerk", letter_.reference}};
    double x = Sheet::left;
    for (const auto& [label, value] : columns) {
        if (value.empty()) continue;
        TextStyle style{9.5, 13, false, mm(75), false};
        line(breaker_.broken(label, small), 0, x, Sheet::reference, accent_, tagged("P"));
        lines(breaker_.broken(value, style), x, Sheet::reference + 10, ink, tagged("P"));
        x += mm(80);
    }
}

double Pages::subject() {
    line(breaker_.broken("Betreft", small), 0, Sheet::left, Sheet::subject, accent_, tagged("P"));
    const TextStyle style{13, 18, true, Sheet::text_width, false};
    return lines(breaker_.broken(letter_.subject, style), Sheet::left, Sheet::subject + 11, ink,
                 tagged("H1")) +
           14;
}

void Pages::body(const Flow& flow, std::size_t begin, std::size_t end, double y) {
    for (std::size_t i = begin; i < end; ++i) {
        const Piece& piece = flow.pieces[i];
        if (i > begin) y += piece.before;
        switch (piece.kind) {
            case Piece::Kind::rule:
                tags_.go_to({document_});
                cairo_set_source_rgb(cr_, 0.8, 0.81, 0.83);
                cairo_rectangle(cr_, piece.x, y + 3, Sheet::right - piece.x, 0.5);
                cairo_fill(cr_);
                break;
            case Piece::Kind::signatories:
                signatories(flow, piece, y);
                break;
            case Piece::Kind::line:
                if (piece.mark != nullptr) line(*piece.mark, 0, piece.mark_x, y, accent_, piece.mark_path);
                line(*piece.text, piece.line, piece.x, y, ink, piece.path);
        }
        y += piece.height;
    }
}

void Pages::signatories(const Flow& flow, const Piece& row, double y) {
    bool logos = false;
    for (std::size_t i = row.first; i < row.first + row.count; ++i)
        logos = logos || !letter_.signatories[i].logo.empty();
    double x = Sheet::left;
    for (std::size_t i = row.first; i < row.first + row.count; ++i, x = Sheet::right - flow.cell_width) {
        double top = y;
        if (logos) {
            top += signature_logo_height + signature_gap;
            for (const Logo& logo : letter_.signatories[i].logo) {
                const double scale =
                    std::min(signature_logo_height / logo.height(), flow.cell_width * 0.7 / logo.width());
                figure(logo, x, y + signature_logo_height - logo.height() * scale, logo.width() * scale,
                       logo.height() * scale, tagged("Figure"));
            }
        }
        const SignatoryCell& cell = flow.cells[i];
        if (cell.name != nullptr) top = lines(*cell.name, x, top, ink, tagged("P"));
        if (cell.function != nullptr) top = lines(*cell.function, x, top, ink, tagged("P"));
        if (cell.organisation != nullptr) lines(*cell.organisation, x, top, grey, tagged("P"));
    }
}

// Repeated on every page and no part of the text: left outside the structure, which is as near to an artifact
// as cairo 1.16 comes.
void Pages::feet(std::size_t page, std::size_t pages) {
    if (page > 0) {
        const std::string words = letterhead_.association +
                                  (letter_.reference.empty() ? "" : " \xC2\xB7 " + letter_.reference) +
                                  " \xC2\xB7 " + dutch_date(letter_.date);
        TextStyle style = small;
        style.width = Sheet::text_width;
        line(breaker_.broken(words, style), 0, Sheet::left, Sheet::next_page_head, grey);
    }
    cairo_set_source_rgb(cr_, accent_.red, accent_.green, accent_.blue);
    cairo_rectangle(cr_, Sheet::left, Sheet::footer - 4, Sheet::text_width, 0.6);
    cairo_fill(cr_);
    TextStyle style = small;
    style.width = Sheet::text_width - mm(30);
    lines(breaker_.broken(letterhead_.footer, style), Sheet::left, Sheet::footer, grey);
    const std::string number = "pagina " + std::to_string(page + 1) + " van " + std::to_string(pages);
    const BrokenText& text = breaker_.broken(number, small);
    line(text, 0, Sheet::right - text.natural_width, Sheet::footer, grey);
}

double Pages::lines(const BrokenText& text, double x, double y, Colour colour, const TagPath& path) {
    for (int i = 0; i < text.line_count; ++i, y += text.style.leading) line(text, i, x, y, colour, path);
    return y;
}

void Pages::line(const BrokenText& text, int index, double x, double y, Colour colour, const TagPath& path) {
    PangoLayoutLine* layout_line = pango_layout_get_line_readonly(text.layout.get(), index);
    if (layout_line == nullptr) return;
    if (text.style.to_the_right) {
        PangoRectangle logical;
        pango_layout_line_get_extents(layout_line, nullptr, &logical);
        x += text.style.width - static_cast<double>(logical.width) / PANGO_SCALE;
    }
    const double baseline = y + baseline_of(text.style);
    if (!text.links.empty()) return run_with_links(text, layout_line, x, baseline, colour, path);
    if (!path.empty()) tags_.go_to(path);
    cairo_set_source_rgb(cr_, colour.red, colour.green, colour.blue);
    cairo_move_to(cr_, x, baseline);
    pango_cairo_show_layout_line(cr_, layout_line);
}

// Word by word of a link or none: cairo gives a mark to leaves only, so in a paragraph with a link the plain
// words are leaves too, and a link that runs over two lines is two, each with its own rectangle.
void Pages::run_with_links(const BrokenText& text, PangoLayoutLine* layout_line, double x, double baseline,
                           Colour colour, const TagPath& path) {
    const char* words = pango_layout_get_text(text.layout.get());
    const BrokenText::Link* open = nullptr;
    bool in_span = false;
    const auto close = [&] {
        if (open != nullptr) cairo_tag_end(cr_, CAIRO_TAG_LINK);
        open = nullptr;
    };
    tags_.go_to(path);
    for (const GSList* at = layout_line->runs; at != nullptr; at = at->next) {
        auto* run = static_cast<PangoGlyphItem*>(at->data);
        const BrokenText::Link* link = text.link_at(run->item->offset);
        const double width = static_cast<double>(pango_glyph_string_get_width(run->glyphs)) / PANGO_SCALE;
        if (link != open || (link == nullptr && !in_span)) {
            close();
            tags_.go_to(path);
            in_span = link == nullptr;
            if (link != nullptr) cairo_tag_begin(cr_, CAIRO_TAG_LINK, uri_attribute(link->address).c_str());
            open = link;
        }
        if (in_span) {
            TagPath span = path;
            span.push_back({"Span", run->item->offset + 1'000'000});
            tags_.go_to(span);
        }
        const Colour shade = link == nullptr ? colour : accent_;
        cairo_set_source_rgb(cr_, shade.red, shade.green, shade.blue);
        cairo_move_to(cr_, x, baseline);
        pango_cairo_show_glyph_item(cr_, words, run);
        if (link != nullptr) {
            cairo_rectangle(cr_, x, baseline + 1.5, width, 0.5);
            cairo_fill(cr_);
        }
        x += width;
    }
    close();
    tags_.go_to(path);
}

// A stand-in of its own width, which finished_pdf exchanges for the picture: that is deflated already.
void Pages::figure(const Logo& logo, double x, double y, double width, double height, const TagPath& path) {
    const auto known = std::find_if(figures_.begin(), figures_.end(), [&](const FigureMark& figure) {
        return figure.pixels == &logo.pixels();
    });
    const int mark = known == figures_.end() ? static_cast<int>(figures_.size()) + 2 : known->mark;
    figures_.push_back({mark, &logo.pixels()});
    tags_.go_to(path);
    const CairoSurface stand_in{cairo_image_surface_create(CAIRO_FORMAT_RGB24, mark, 1)};
    cairo_save(cr_);
    cairo_translate(cr_, x, y);
    cairo_scale(cr_, width / mark, height);
    cairo_set_source_surface(cr_, stand_in.get(), 0, 0);
    // Not cairo_paint: as the first act of a page it makes cairo 1.16 lose the tags.
    cairo_rectangle(cr_, 0, 0, mark, 1);
    cairo_fill(cr_);
    cairo_restore(cr_);
    tags_.close_leaf();
}

}  // namespace raadspost::appeal
