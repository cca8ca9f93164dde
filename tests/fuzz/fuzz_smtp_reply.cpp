// What a relay says, in any pieces: the same replies come out however the bytes were cut; codes, texts and
// sizes are within bounds; nothing with a control character gets into what is kept.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/post/limits.hpp"
#include "core/post/wire/reply.hpp"
#include "pieces.hpp"

using namespace raadspost::post;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    bool broken = false, broken_in_pieces = false;
    const auto replies = replies_in_pieces<Reply>(ReplyParser{}, text, size + 1, broken);
    if (replies != replies_in_pieces<Reply>(ReplyParser{}, text, 7, broken_in_pieces) ||
        broken != broken_in_pieces)
        std::abort();
    for (const Reply& reply : replies) {
        if (reply.code < 200 || reply.code > 599 || reply.lines.empty()) std::abort();
        if (reply.lines.size() > limits::reply_lines || reply.text().size() > limits::reply_text_bytes)
            std::abort();
        for (const char letter : reply.text())
            if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) std::abort();
        if (!reply.enhanced().empty() && reply.enhanced()[0] - '0' != reply.code / 100) std::abort();
        if (queue_id_of(reply.text()).size() > 64) std::abort();
    }
    return 0;
}
