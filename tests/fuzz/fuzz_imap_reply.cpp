// What an IMAP server says, in any pieces: the same replies come out however the bytes were cut, within
// bounds; no control character gets into what is kept for people; and no name, set or date read from it
// surprises.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/intake/imap_reply.hpp"
#include "core/intake/imap_words.hpp"
#include "core/intake/limits.hpp"
#include "core/intake/maildir.hpp"
#include "pieces.hpp"

using namespace raadspost::intake;

namespace {

void require(bool good) {
    if (!good) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    bool broken = false, broken_in_pieces = false;
    const auto replies = replies_in_pieces<ImapReply>(ImapReplyParser{}, text, size + 1, broken);
    require(replies == replies_in_pieces<ImapReply>(ImapReplyParser{}, text, 7, broken_in_pieces) &&
            broken == broken_in_pieces);
    for (const ImapReply& reply : replies) {
        require(!reply.tag.empty() && reply.text.size() <= limits::text_bytes);
        require(reply.tokens.size() <= limits::tokens_of_reply);
        require(std::ranges::none_of(reply.text,
                                     [](char letter) { return static_cast<unsigned char>(letter) < 0x20; }));
        std::ptrdiff_t depth = 0;
        for (const ImapToken& token : reply.tokens) {
            depth += token.kind == ImapToken::Kind::open;
            depth -= token.kind == ImapToken::Kind::close;
            require(depth >= 0);
            (void)imap_date(token.text);
            if (const auto name = imap_folder_name(token.text)) require(imap_quoted(*name).has_value());
            require(maildir_key(token.text).size() <= 3 * token.text.size());
        }
        require(depth == 0);
    }
    return 0;
}
