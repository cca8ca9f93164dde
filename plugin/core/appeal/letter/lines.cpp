#include "core/appeal/letter/lines.hpp"

#include "core/appeal/escape.hpp"

#include <pango/pangofc-font.h>

#include <algorithm>
#include <utility>

namespace raadspost::appeal {
namespace {

constexpr std::size_t most_known = 500;

// Composed letters, so that each is one glyph and can be searched for as it is typed.
std::string composed(const std::string& text) {
    const std::string clean = escaped_text(text);
    const bool plain =
        std::all_of(clean.begin(), clean.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (plain) return clean;
    const std::unique_ptr<gchar, Release<g_free>> normal{
        g_utf8_normalize(clean.data(), static_cast<gssize>(clean.size()), G_NORMALIZE_NFC)};
    return normal ? std::string{normal.get()} : clean;
}

void attribute(PangoAttrList* list, PangoAttribute* attribute, std::size_t begin, std::size_t end) {
    attribute->start_index = static_cast<guint>(begin);
    attribute->end_index = static_cast<guint>(end);
    pango_attr_list_insert(list, attribute);
}

const std::string* address_at(const BrokenText& text, int byte) {
    for (const BrokenText::Link& link : text.links)
        if (byte >= link.begin && byte < link.end) return &link.address;
    return nullptr;
}

double points(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE;
}

// pango's own drawing passes cairo the words with the glyphs, and for the blank at the end of a line a glyph
// that draws nothing: cairo 1.16 then writes the blank as a replacement text, at which readers of the
// structure stop. So the glyphs are taken out here, with a true blank at the end, which also parts the last
// word from the next line's first.
BrokenText::Run run_of(const PangoGlyphItem& item, double left, bool ends_line) {
    PangoFont* font = item.item->analysis.font;
    BrokenText::Run run{pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)), {}, left, 0, nullptr};
    for (int i = 0; i < item.glyphs->num_glyphs; ++i) {
        const PangoGlyphInfo& info = item.glyphs->glyphs[i];
        const bool last = i + 1 == item.glyphs->num_glyphs;
        unsigned long glyph = info.glyph;
        if (glyph == PANGO_GLYPH_EMPTY)
            glyph = ends_line && last ? pango_fc_font_get_glyph(PANGO_FC_FONT(font), ' ') : 0;
        else if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
            glyph = pango_fc_font_get_glyph(PANGO_FC_FONT(font), '?');
        if (glyph != 0)
            run.glyphs.push_back(
                {glyph, left + run.width + points(info.geometry.x_offset), points(info.geometry.y_offset)});
        run.width += points(info.geometry.width);
    }
    return run;
}

BrokenText::Line line_of(const BrokenText& text, const PangoLayoutLine& from) {
    BrokenText::Line line;
    for (const GSList* at = from.runs; at != nullptr; at = at->next) {
        const auto& item = *static_cast<const PangoGlyphItem*>(at->data);
        BrokenText::Run run = run_of(item, line.width, at->next == nullptr);
        run.address = address_at(text, item.item->offset);
        line.width += run.width;
        line.runs.push_back(std::move(run));
    }
    return line;
}

std::string key_of(const std::vector<Span>& spans, const TextStyle& style) {
    std::string key = std::to_string(style.size) + ' ' + std::to_string(style.width) +
                      (style.bold ? 'b' : ' ') + (style.to_the_right ? 'r' : ' ');
    for (const Span& span : spans) {
        key += '\0';
        key += span.bold ? 'B' : 'b';
        key += span.italic ? 'I' : 'i';
        key += span.address;
        key += '\0';
        key += span.text;
    }
    return key;
}

}  // namespace

const BrokenText& LineBreaker::broken(const std::string& words, const TextStyle& style) {
    return broken(std::vector<Span>{{words, {}, false, false}}, style);
}

const BrokenText& LineBreaker::broken(const std::vector<Span>& spans, const TextStyle& style) {
    const auto [at, fresh] = known_.try_emplace(key_of(spans, style));
    BrokenText& text = at->second;
    text.used = true;
    if (!fresh) return text;

    text.style = style;
    text.layout.reset(pango_layout_new(faces_.context()));
    PangoLayout* layout = text.layout.get();
    const PangoFontOwner font{pango_font_description_new()};
    pango_font_description_set_family_static(font.get(), typeface);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font.get());
    if (style.width > 0) pango_layout_set_width(layout, static_cast<int>(style.width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);

    std::string words;
    const PangoAttributes attributes{pango_attr_list_new()};
    for (const Span& span : spans) {
        const std::size_t begin = words.size();
        // U+2028 breaks the line but not the paragraph.
        words += span.text == "\n" ? std::string{"\xE2\x80\xA8"} : composed(span.text);
        if (span.bold)
            attribute(attributes.get(), pango_attr_weight_new(PANGO_WEIGHT_BOLD), begin, words.size());
        if (span.italic)
            attribute(attributes.get(), pango_attr_style_new(PANGO_STYLE_ITALIC), begin, words.size());
        if (span.address.empty()) continue;
        // Underlining is drawn by hand; the attribute makes pango end a run where the link ends.
        attribute(attributes.get(), pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), begin, words.size());
        text.links.push_back({static_cast<int>(begin), static_cast<int>(words.size()), span.address});
    }
    // Without ligatures every letter is a glyph of its own: searchable, and cairo can use its compact
    // encoding.
    attribute(attributes.get(), pango_attr_font_features_new("liga 0, clig 0, dlig 0"), 0, words.size());
    pango_layout_set_text(layout, words.data(), static_cast<int>(words.size()));
    pango_layout_set_attributes(layout, attributes.get());
    for (const GSList* from = pango_layout_get_lines_readonly(layout); from != nullptr; from = from->next) {
        text.lines.push_back(line_of(text, *static_cast<const PangoLayoutLine*>(from->data)));
        text.natural_width = std::max(text.natural_width, text.lines.back().width);
    }
    return text;
}

void LineBreaker::forget_if_many() {
    if (known_.size() < most_known) return;
    for (auto at = known_.begin(); at != known_.end();)
        at = std::exchange(at->second.used, false) ? std::next(at) : known_.erase(at);
    if (known_.size() >= most_known) known_.clear();
}

}  // namespace raadspost::appeal
