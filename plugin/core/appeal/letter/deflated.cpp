#include "core/appeal/letter/deflated.hpp"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace raadspost::appeal {
namespace {

// zlib's room of a quarter of a megabyte, used again: to make it costs as much as to deflate a few kilobytes.
class Deflater {
public:
    explicit Deflater(int level) {
        if (deflateInit(&stream_, level) != Z_OK) throw std::bad_alloc{};
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    std::string operator()(std::string_view bytes) {
        deflateReset(&stream_);
        std::string out(deflateBound(&stream_, static_cast<uLong>(bytes.size())), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // read only
        stream_.avail_in = static_cast<uInt>(bytes.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        deflate(&stream_, Z_FINISH);  // into room for the worst case: at once
        out.resize(stream_.total_out);
        return out;
    }

private:
    z_stream stream_{};
};

}  // namespace

std::string deflated(std::string_view bytes, Effort effort) {
    if (effort == Effort::thorough) return Deflater{Z_BEST_COMPRESSION}(bytes);
    thread_local Deflater quick{Z_DEFAULT_COMPRESSION};
    return quick(bytes);
}

std::optional<std::string> inflated(std::string_view bytes, std::size_t most) {
    constexpr std::size_t usual_ratio = 8;
    for (std::size_t room = bytes.size() * usual_ratio;; room *= 2) {
        std::string out(std::min(room, most), '\0');
        auto size = static_cast<uLongf>(out.size());
        const int result =
            uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                       reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()));
        if (result == Z_OK) {
            out.resize(size);
            return out;
        }
        if (result != Z_BUF_ERROR || room >= most || room == 0) return std::nullopt;
    }
}

}  // namespace raadspost::appeal
