// Pictures as JPEG files, made for tests: a grey, red-green-blue or printing-ink picture of one colour with a
// darker lower half.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <jpeglib.h>

namespace raadspost::appeal {

inline std::string jpeg_sample(unsigned width, unsigned height, J_COLOR_SPACE colours,
                               bool progressive = false) {
    const int channels = colours == JCS_GRAYSCALE ? 1 : colours == JCS_CMYK ? 4 : 3;
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = width;
    jpeg.image_height = height;
    jpeg.input_components = channels;
    jpeg.in_color_space = colours;
    jpeg_set_defaults(&jpeg);
    if (progressive) jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    std::vector<unsigned char> row(width * static_cast<unsigned>(channels), 200);
    for (unsigned y = 0; y < height; ++y) {
        if (y == height / 2) row.assign(row.size(), 40);
        JSAMPROW pixels = row.data();
        jpeg_write_scanlines(&jpeg, &pixels, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    std::string file(reinterpret_cast<const char*>(bytes), size);
    std::free(bytes);
    return file;
}

}  // namespace raadspost::appeal
