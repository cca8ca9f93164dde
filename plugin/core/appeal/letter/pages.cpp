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
        Sheet::subject + 11 +
        static_cast<double>(breaker_.broken(letter_.subject, title).lines.size()) * title.leading + 14;
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
    const double y =
        Sheet::logo_top + (Sheet::logo_height - static_cast<double>(name.lines.size()) * style.leading) / 2;
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
    // The window shows six lines. A long line runs on while there is room for that, else it is set smaller.
    const TextStyle style{10, 13, false, Sheet::address_width, false};
    const std::size_t count = std::min(letter_.addressee.size(), most_address_lines);
    std::size_t needed = 0;
    for (std::size_t i = 0; i < count; ++i)
        needed += breaker_.broken(letter_.addressee[i], style).lines.size();
    double y = Sheet::address;
    for (std::size_t i = 0; i < count; ++i) {
        const BrokenText* text = &breaker_.broken(letter_.addressee[i], style);
        if (needed > most_address_lines && text->lines.size() > 1) {
            TextStyle smaller = style;
            smaller.width = 0;
            const double natural = breaker_.broken(letter_.addressee[i], smaller).natural_width;
            smaller.size *= std::max(0.6, Sheet::address_width / natural);
            line(breaker_.broken(letter_.addressee[i], smaller), 0, Sheet::left, y, ink, tagged("P"));
            y += style.leading;
        } else {
            y = lines(*text, Sheet::left, y, ink, tagged("P"));
        }
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

// Repeated on every page and no part of the text: left outside the structure, so that finished_pdf makes it an
// artifact.
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
    style.width = Sheet::text_width - mm(24);
    lines(breaker_.broken(letterhead_.footer, style), Sheet::left, Sheet::footer, grey);
    const std::string number = "pagina " + std::to_string(page + 1) + " van " + std::to_string(pages);
    const BrokenText& text = breaker_.broken(number, small);
    line(text, 0, Sheet::right - text.natural_width, Sheet::footer, grey);
}

double Pages::lines(const BrokenText& text, double x, double y, Colour colour, const TagPath& path) {
    for (std::size_t i = 0; i < text.lines.size(); ++i, y += text.style.leading)
        line(text, i, x, y, colour, path);
    return y;
}

// cairo gives a mark to leaves only, so in a paragraph with a link the plain words are leaves too, and a link
// that runs over two lines is two, each with its own rectangle.
void Pages::line(const BrokenText& text, std::size_t index, double x, double y, Colour colour,
                 const TagPath& path) {
    if (index >= text.lines.size()) return;
    const BrokenText::Line& line = text.lines[index];
    if (text.style.to_the_right) x += text.style.width - line.width;
    const double baseline = y + baseline_of(text.style);
    if (!path.empty()) tags_.go_to(path);
    const std::string* open = nullptr;
    const auto close = [&] {
        if (open != nullptr) cairo_tag_end(cr_, CAIRO_TAG_LINK);
        open = nullptr;
    };
    for (const BrokenText::Run& run : line.runs) {
        if (open != run.address) close();
        if (run.address == nullptr) {
            if (!text.links.empty() && !path.empty()) {
                TagPath words = path;
                words.push_back({"Span", tags_.new_id()});
                tags_.go_to(words);
            }
            glyphs(run, x, baseline, colour);
            continue;
        }
        if (open == nullptr) {
            tags_.go_to(path);
            cairo_tag_begin(cr_, CAIRO_TAG_LINK, uri_attribute(*run.address).c_str());
            open = run.address;
        }
        glyphs(run, x, baseline, accent_);
        cairo_rectangle(cr_, x + run.left, baseline + 1.5, run.width, 0.5);
        cairo_fill(cr_);
    }
    close();
}

void Pages::glyphs(const BrokenText::Run& run, double x, double baseline, Colour colour) {
    moved_ = run.glyphs;
    for (cairo_glyph_t& glyph : moved_) {
        glyph.x += x;
        glyph.y += baseline;
    }
    cairo_set_source_rgb(cr_, colour.red, colour.green, colour.blue);
    cairo_set_scaled_font(cr_, run.font);
    cairo_show_glyphs(cr_, moved_.data(), static_cast<int>(moved_.size()));
}

// A stand-in of its own width, which finished_pdf exchanges for the picture: that is deflated already.
void Pages::figure(const Logo& logo, double x, double y, double width, double height, const TagPath& path) {
    const auto known = std::find_if(figures_.begin(), figures_.end(), [&](const FigureMark& figure) {
        return figure.pixels->same_picture(logo.pixels());
    });
    if (known == figures_.end())
        stand_ins_.emplace_back(
            cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(stand_ins_.size()) + 2, 1));
    // The same surface again, so that cairo refers to the one picture.
    const int mark = known == figures_.end() ? static_cast<int>(stand_ins_.size()) + 1 : known->mark;
    cairo_surface_t* stand_in = stand_ins_[static_cast<std::size_t>(mark) - 2].get();
    figures_.push_back({mark, &logo.pixels()});
    tags_.go_to(path);
    cairo_save(cr_);
    cairo_translate(cr_, x, y);
    cairo_scale(cr_, width / mark, height);
    cairo_set_source_surface(cr_, stand_in, 0, 0);
    // Not cairo_paint: as the first act of a page it makes cairo 1.16 lose the tags.
    cairo_rectangle(cr_, 0, 0, mark, 1);
    cairo_fill(cr_);
    cairo_restore(cr_);
    tags_.close_leaf();
}

}  // namespace raadspost::appeal
