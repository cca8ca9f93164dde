#include "core/appeal/letter.hpp"
#include "core/appeal/letter/picture.hpp"

#include <png.h>

#include <utility>

namespace raadspost::appeal {
namespace {

// libpng's reader with its memory freed on every way out.
struct Reader {
    png_image image{};
    ~Reader() { png_image_free(&image); }
};

}  // namespace

Problem broken_picture(std::string found) {
    return {"appeal_logo_broken", "", std::move(found),
            "the logo is not a whole PNG or JPEG picture; save it as one of these and choose it again"};
}

Problem too_many_pixels(std::size_t width, std::size_t height) {
    return {"appeal_logo_too_many_pixels", "", std::to_string(width) + " x " + std::to_string(height),
            "the logo is wider or higher than 4000 pixels; save it smaller"};
}

Result<Picture> decoded_png(std::span<const std::byte> file) {
    Reader reader;
    reader.image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&reader.image, file.data(), file.size()) == 0)
        return broken_picture(reader.image.message);
    if (reader.image.width > LogoLimits::side || reader.image.height > LogoLimits::side)
        return too_many_pixels(reader.image.width, reader.image.height);
    reader.image.format = PNG_FORMAT_RGBA;
    Picture picture{reader.image.width, reader.image.height, {}};
    picture.rgba.resize(PNG_IMAGE_SIZE(reader.image));
    if (png_image_finish_read(&reader.image, nullptr, picture.rgba.data(), 0, nullptr) == 0)
        return broken_picture(reader.image.message);
    return picture;
}

}  // namespace raadspost::appeal
