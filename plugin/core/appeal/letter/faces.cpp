#include "core/appeal/letter/faces.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

#include <array>
#include <utility>

namespace raadspost::appeal {
namespace {

using FontConfiguration = std::unique_ptr<FcConfig, Release<FcConfigDestroy>>;

constexpr std::array face_files = {"Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf",
                                   "Lato-BoldItalic.ttf"};

}  // namespace

Faces::Faces(PangoFontMapOwner map, PangoContextOwner context)
    : map_{std::move(map)}, context_{std::move(context)} {}

Result<Faces> Faces::make() {
    FontConfiguration configuration{FcConfigCreate()};
    for (const char* file : face_files) {
        const std::string path = std::string{RAADSPOST_FONT_FOLDER} + '/' + file;
        if (!FcConfigAppFontAddFile(configuration.get(), reinterpret_cast<const FcChar8*>(path.c_str())))
            return Problem{"appeal_fonts_missing", path, "",
                           "the typeface of letters is not installed; install the package fonts-lato"};
    }
    PangoFontMapOwner map{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), configuration.get());
    // Points are points: what a layout measures is what stands in the PDF.
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map.get()), 72);
    PangoContextOwner context{pango_font_map_create_context(map.get())};
    pango_context_set_language(context.get(), pango_language_from_string("nl"));
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
    return Faces{std::move(map), std::move(context)};
}

}  // namespace raadspost::appeal
