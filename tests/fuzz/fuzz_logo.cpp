// A picture from whoever sets up a letterhead, through the limits and libpng.
#include "core/appeal/letter.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

using namespace raadspost::appeal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto logo = Logo::from_file(std::as_bytes(std::span{data, size}), "Logo");
    if (logo && (logo->width() > LogoLimits::stored_side || logo->height() > LogoLimits::stored_side))
        std::abort();
    return 0;
}
