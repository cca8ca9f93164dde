// Decoding a picture that a person chose: its bytes, untrusted, into pixels. A file announces its size before
// its pixels, and more than LogoLimits allows is refused before room is made for them. Pure functions; safe
// on any thread.
//
// DIAGNOSTICS: "appeal_logo_broken" for what is no whole picture of that kind, "appeal_logo_too_many_pixels",
// "appeal_logo_cmyk" for colours of printing ink, which nothing on a screen or in our letters can show as
// meant.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace raadspost::appeal {

struct Picture {
    static constexpr std::size_t channels = 4;
    std::size_t width = 0, height = 0;
    std::vector<unsigned char> rgba;  // rows from the top
};

Result<Picture> decoded_png(std::span<const std::byte> file);
Result<Picture> decoded_jpeg(std::span<const std::byte> file);

Problem broken_picture(std::string found);
Problem too_many_pixels(std::size_t width, std::size_t height);

}  // namespace raadspost::appeal
