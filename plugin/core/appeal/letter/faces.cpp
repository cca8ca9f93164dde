#include "core/appeal/letter/faces.hpp"

#include <fontconfig/fontconfig.h>
#include <hb-subset.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace raadspost::appeal {
namespace {

using FontConfiguration = std::unique_ptr<FcConfig, Release<FcConfigDestroy>>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Release<cairo_font_options_destroy>>;
using Blob = std::unique_ptr<hb_blob_t, Release<hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Release<hb_face_destroy>>;
using Font = std::unique_ptr<hb_font_t, Release<hb_font_destroy>>;
using SubsetInput = std::unique_ptr<hb_subset_input_t, Release<hb_subset_input_destroy>>;

constexpr std::array face_files = {"Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf",
                                   "Lato-BoldItalic.ttf"};

std::string whole_face(const char* file) {
    return std::string{RAADSPOST_FONT_FOLDER} + '/' + file;
}

// Letters of Dutch, Frisian and the names of people from all over Europe, and what is typed between them.
struct Range {
    hb_codepoint_t first, last;
};
constexpr std::array latin = {Range{0x20, 0x7E},     Range{0xA0, 0x17F},    Range{0x218, 0x21B},
                              Range{0x2010, 0x2015}, Range{0x2018, 0x201E}, Range{0x2020, 0x2022},
                              Range{0x2026, 0x2026}, Range{0x2030, 0x2030}, Range{0x2039, 0x203A},
                              Range{0x20AC, 0x20AC}};

// The face without hinting, ligatures and what Latin text does not need; empty if it cannot be read.
std::string cut_down(const std::string& path) {
    const Blob file{hb_blob_create_from_file_or_fail(path.c_str())};
    if (!file) return {};
    const Face face{hb_face_create(file.get(), 0)};
    const SubsetInput input{hb_subset_input_create_or_fail()};
    if (!input) return {};
    // A glyph that two characters share (hyphen-minus and hyphen) would come out of the PDF as the wrong one:
    // each glyph is kept for the first only.
    const Font font{hb_font_create(face.get())};
    std::set<hb_codepoint_t> taken;
    for (const Range& range : latin)
        for (hb_codepoint_t point = range.first; point <= range.last; ++point)
            if (hb_codepoint_t glyph;
                hb_font_get_nominal_glyph(font.get(), point, &glyph) != 0 && taken.insert(glyph).second)
                hb_set_add(hb_subset_input_unicode_set(input.get()), point);
    hb_set_t* features = hb_subset_input_set(input.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    hb_set_clear(features);
    for (const hb_tag_t feature :
         {HB_TAG('k', 'e', 'r', 'n'), HB_TAG('m', 'a', 'r', 'k'), HB_TAG('c', 'c', 'm', 'p')})
        hb_set_add(features, feature);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
    const Face cut{hb_subset_or_fail(face.get(), input.get())};
    if (!cut) return {};
    const Blob blob{hb_face_reference_blob(cut.get())};
    unsigned length = 0;
    const char* bytes = hb_blob_get_data(blob.get(), &length);
    return {bytes, length};
}

// The path of a file in memory that lives as long as the process; empty if there is no memory for it.
std::string kept_in_memory(std::string_view bytes) {
    const int file = memfd_create("raadspost-face", MFD_CLOEXEC);
    while (file >= 0 && !bytes.empty()) {
        const ssize_t written = write(file, bytes.data(), bytes.size());
        if (written <= 0) return {};
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return file < 0 ? std::string{} : "/proc/self/fd/" + std::to_string(file);
}

bool add_face(FcConfig* configuration, const std::string& path) {
    return !path.empty() &&
           FcConfigAppFontAddFile(configuration, reinterpret_cast<const FcChar8*>(path.c_str())) == FcTrue;
}

// The four faces twice; null if one could not be read. Of two faces with one name the first added is taken,
// the other for what the first lacks.
FontConfiguration read_faces() {
    FontConfiguration configuration{FcConfigCreate()};
    for (const char* file : face_files) {
        const std::string bytes = cut_down(whole_face(file));
        if (bytes.empty() || !add_face(configuration.get(), kept_in_memory(bytes))) return nullptr;
    }
    for (const char* file : face_files)
        if (!add_face(configuration.get(), whole_face(file))) return nullptr;
    return configuration;
}

// Read once for all threads, never changed and never closed: cairo knows a font by the path of its file, in
// one table for all threads, so a path must not come to mean another face. (With files of each renderer's
// own, letters were seen in the wrong face.)
FcConfig* shared_faces() {
    static FcConfig* const configuration = read_faces().release();
    return configuration;
}

Problem missing(const std::string& path) {
    return {"appeal_fonts_missing", path, "",
            "the typeface of letters is not installed; install the package fonts-lato"};
}

}  // namespace

Faces::Faces(PangoFontMapOwner map, PangoContextOwner context)
    : map_{std::move(map)}, context_{std::move(context)} {}

Result<Faces> Faces::make() {
    for (const char* file : face_files)
        if (access(whole_face(file).c_str(), R_OK) != 0) return missing(whole_face(file));
    if (shared_faces() == nullptr) return missing(RAADSPOST_FONT_FOLDER);
    PangoFontMapOwner map{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), shared_faces());
    // Points are points: what a layout measures is what stands in the PDF.
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72);
    PangoContextOwner context{pango_font_map_create_context(map.get())};
    pango_context_set_language(context.get(), pango_language_from_string("nl"));
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    const FontOptions options{cairo_font_options_create()};
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options.get());
    return Faces{std::move(map), std::move(context)};
}

}  // namespace raadspost::appeal
