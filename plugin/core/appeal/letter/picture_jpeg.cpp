// libjpeg leaves a picture that it cannot go on with by longjmp. So the function that it may leave like that
// holds nothing that must be destroyed; what has to be lives in the caller.
#include "core/appeal/letter.hpp"
#include "core/appeal/letter/picture.hpp"

#include <csetjmp>
#include <cstdio>

#include <jerror.h>
#include <jpeglib.h>

namespace raadspost::appeal {
namespace {

// A small file can hold thousands of passes over the same large picture.
constexpr int most_passes = 100;

enum class Ending { whole, broken, too_large, cmyk };

struct Decoding {
    jpeg_error_mgr errors{};  // first: libjpeg hands its address back
    std::jmp_buf out{};
    jpeg_decompress_struct jpeg{};
    jpeg_progress_mgr progress{};
    char message[JMSG_LENGTH_MAX] = "";
    ~Decoding() { jpeg_destroy_decompress(&jpeg); }
};

[[noreturn]] void leave(j_common_ptr jpeg) {
    Decoding& decoding = *reinterpret_cast<Decoding*>(jpeg->err);
    jpeg->err->format_message(jpeg, decoding.message);
    std::longjmp(decoding.out, 1);
}

// What is missing at the end libjpeg would paint grey.
void warn(j_common_ptr jpeg, int level) {
    if (level < 0 && (jpeg->err->msg_code == JWRN_JPEG_EOF || jpeg->err->msg_code == JWRN_HIT_MARKER))
        leave(jpeg);
}

void count_passes(j_common_ptr jpeg) {
    if (reinterpret_cast<j_decompress_ptr>(jpeg)->input_scan_number > most_passes) leave(jpeg);
}

Ending decode(Decoding& decoding, std::span<const std::byte> file, Picture& picture) {
    jpeg_decompress_struct& jpeg = decoding.jpeg;
    jpeg.err = jpeg_std_error(&decoding.errors);
    decoding.errors.error_exit = leave;
    decoding.errors.emit_message = warn;
    decoding.progress.progress_monitor = count_passes;
    if (setjmp(decoding.out) != 0) return Ending::broken;
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &decoding.progress;
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    jpeg_read_header(&jpeg, TRUE);
    picture.width = jpeg.image_width;
    picture.height = jpeg.image_height;
    if (jpeg.image_width > LogoLimits::side || jpeg.image_height > LogoLimits::side) return Ending::too_large;
    if (jpeg.num_components > 3) return Ending::cmyk;
    jpeg.out_color_space = JCS_EXT_RGBA;
    jpeg_start_decompress(&jpeg);
    const std::size_t row_bytes = picture.width * Picture::channels;
    picture.rgba.resize(row_bytes * picture.height);
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = picture.rgba.data() + jpeg.output_scanline * row_bytes;
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    return Ending::whole;
}

}  // namespace

Result<Picture> decoded_jpeg(std::span<const std::byte> file) {
    Decoding decoding;
    Picture picture;
    switch (decode(decoding, file, picture)) {
        case Ending::whole:
            return picture;
        case Ending::too_large:
            return too_many_pixels(picture.width, picture.height);
        case Ending::cmyk:
            return Problem{"appeal_logo_cmyk", "", "CMYK",
                           "the logo has colours for printing (CMYK); save it with screen colours (RGB)"};
        case Ending::broken:
            break;
    }
    return broken_picture(decoding.message);
}

}  // namespace raadspost::appeal
