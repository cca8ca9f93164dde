// The typefaces of letters: four faces of Lato (package fonts-lato) in a font configuration of our own, so
// that neither other fonts nor settings of the machine change a letter. Each face is there twice: first a
// copy in memory cut down to Latin letters and without hinting, which makes a letter a fifth smaller and a
// third faster to draw, then the whole face for names in other scripts. Also the named owners of cairo's and
// pango's objects. A Faces belongs to one thread at a time.
#pragma once

#include "core/result.hpp"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

namespace raadspost::appeal {

template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const {
        release(object);
    }
};

using CairoSurface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using CairoContext = std::unique_ptr<cairo_t, Release<cairo_destroy>>;
using PangoContextOwner = std::unique_ptr<PangoContext, Release<g_object_unref>>;
using PangoFontMapOwner = std::unique_ptr<PangoFontMap, Release<g_object_unref>>;
using PangoLayoutOwner = std::unique_ptr<PangoLayout, Release<g_object_unref>>;
using PangoFontOwner = std::unique_ptr<PangoFontDescription, Release<pango_font_description_free>>;
using PangoAttributes = std::unique_ptr<PangoAttrList, Release<pango_attr_list_unref>>;

class Faces {
public:
    static Result<Faces> make();

    PangoContext* context() const { return context_.get(); }

private:
    Faces(PangoFontMapOwner map, PangoContextOwner context);
    PangoFontMapOwner map_;
    PangoContextOwner context_;
};

inline constexpr const char* typeface = "Lato";

}  // namespace raadspost::appeal
