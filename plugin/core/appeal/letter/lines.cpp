#include "core/appeal/letter/lines.hpp"

#include "core/appeal/escape.hpp"

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

const BrokenText::Link* BrokenText::link_at(int byte) const {
    for (const Link& link : links)
        if (byte >= link.begin && byte < link.end) return &link;
    return nullptr;
}

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
    if (style.to_the_right) pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);

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
    text.line_count = pango_layout_get_line_count(layout);
    PangoRectangle logical;
    pango_layout_get_extents(layout, nullptr, &logical);
    text.natural_width = static_cast<double>(logical.width) / PANGO_SCALE;
    return text;
}

void LineBreaker::forget_if_many() {
    if (known_.size() < most_known) return;
    for (auto at = known_.begin(); at != known_.end();)
        at = std::exchange(at->second.used, false) ? std::next(at) : known_.erase(at);
    if (known_.size() >= most_known) known_.clear();
}

}  // namespace raadspost::appeal
