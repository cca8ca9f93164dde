#include "core/appeal/letter/logo.hpp"

#include "core/appeal/letter/deflated.hpp"
#include "core/appeal/letter/picture.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace raadspost::appeal {
namespace {

constexpr std::size_t channels = Picture::channels;

// The mean of the pixels behind each new one, weighed by their opacity so that transparent ones lend no
// colour.
Picture shrunk(const Picture& from, std::size_t width, std::size_t height) {
    Picture to{width, height, std::vector<unsigned char>(width * height * channels)};
    for (std::size_t y = 0; y < height; ++y) {
        const std::size_t top = y * from.height / height,
                          bottom = std::max(top + 1, (y + 1) * from.height / height);
        for (std::size_t x = 0; x < width; ++x) {
            const std::size_t left = x * from.width / width,
                              right = std::max(left + 1, (x + 1) * from.width / width);
            std::size_t sum[channels] = {};
            for (std::size_t v = top; v < bottom; ++v)
                for (std::size_t u = left; u < right; ++u) {
                    const unsigned char* pixel = &from.rgba[(v * from.width + u) * channels];
                    for (std::size_t c = 0; c < 3; ++c) sum[c] += std::size_t{pixel[c]} * pixel[3];
                    sum[3] += pixel[3];
                }
            unsigned char* pixel = &to.rgba[(y * width + x) * channels];
            for (std::size_t c = 0; c < 3; ++c)
                pixel[c] = static_cast<unsigned char>(sum[3] == 0 ? 255 : (sum[c] + sum[3] / 2) / sum[3]);
            pixel[3] = static_cast<unsigned char>(sum[3] / ((bottom - top) * (right - left)));
        }
    }
    return to;
}

std::string_view text_of(const std::vector<unsigned char>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_jpeg(std::span<const std::byte> file) {
    return file.size() > 2 && file[0] == std::byte{0xFF} && file[1] == std::byte{0xD8};
}

}  // namespace

Logo::Logo(std::shared_ptr<const Pixels> pixels) : pixels_{std::move(pixels)} {}
int Logo::width() const {
    return pixels_->width;
}
int Logo::height() const {
    return pixels_->height;
}
const std::string& Logo::alternative_text() const {
    return pixels_->alternative_text;
}

Result<Logo> Logo::from_file(std::span<const std::byte> file, std::string alternative_text) {
    if (file.size() > LogoLimits::bytes)
        return Problem{"appeal_logo_too_large", "", std::to_string(file.size() / 1024) + " kB",
                       "the logo is a file of more than 2 MB; save it smaller"};
    auto decoded = is_jpeg(file) ? decoded_jpeg(file) : decoded_png(file);
    if (!decoded) return decoded.problem();
    Picture picture = std::move(*decoded);

    const std::size_t longest = std::max(picture.width, picture.height);
    if (constexpr std::size_t most = LogoLimits::stored_side; longest > most)
        picture = shrunk(picture, std::max<std::size_t>(1, picture.width * most / longest),
                         std::max<std::size_t>(1, picture.height * most / longest));

    std::vector<unsigned char> colours, opacity;
    for (std::size_t at = 0; at < picture.rgba.size(); at += channels) {
        colours.insert(colours.end(), &picture.rgba[at], &picture.rgba[at] + 3);
        opacity.push_back(picture.rgba[at + 3]);
    }
    auto pixels = std::make_shared<Pixels>();
    pixels->width = static_cast<int>(picture.width);
    pixels->height = static_cast<int>(picture.height);
    pixels->alternative_text = std::move(alternative_text);
    pixels->deflated_colours = deflated(text_of(colours), Effort::thorough);
    if (std::any_of(opacity.begin(), opacity.end(), [](unsigned char a) { return a != 255; }))
        pixels->deflated_opacity = deflated(text_of(opacity), Effort::thorough);
    return Logo{std::move(pixels)};
}

}  // namespace raadspost::appeal
