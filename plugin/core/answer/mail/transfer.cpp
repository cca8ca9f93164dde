#include "core/answer/mail/transfer.hpp"

#include "core/letter_set.hpp"
#include "core/post/mime/gmime.hpp"

#include <limits>
#include <optional>

namespace raadspost::answer::mail {
namespace {

GMimeContentEncoding gmime_name(TransferEncoding encoding) {
    switch (encoding) {
        case TransferEncoding::identity:
            return GMIME_CONTENT_ENCODING_8BIT;
        case TransferEncoding::quoted_printable:
            return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
        case TransferEncoding::base64:
            return GMIME_CONTENT_ENCODING_BASE64;
        case TransferEncoding::uuencode:
            return GMIME_CONTENT_ENCODING_UUENCODE;
    }
    return GMIME_CONTENT_ENCODING_DEFAULT;
}

constexpr LetterSet base64_letters{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"};

// RFC 2045 6.8: lines of letters in fours, the last of which may be filled up. Nothing where it is less tidy.
std::optional<std::size_t> size_of_base64(std::string_view encoded) {
    while (encoded.ends_with('\n')) encoded.remove_suffix(1);
    std::size_t fill = 0;
    for (; fill < 2 && encoded.ends_with('='); ++fill) encoded.remove_suffix(1);
    std::size_t letters = 0, others = 0;
    for (const char c : encoded) {
        letters += base64_letters.has(c);
        others += c == '\n';
    }
    if (letters + others != encoded.size() || (letters + fill) % 4 != 0) return std::nullopt;
    return (letters + fill) / 4 * 3 - fill;
}

}  // namespace

std::string decoded_content(std::string_view encoded, TransferEncoding encoding, std::size_t limit) {
    if (encoding == TransferEncoding::identity) return std::string{encoded.substr(0, limit)};
    post::mime::set_up();
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, gmime_name(encoding));
    std::string decoded(g_mime_encoding_outlen(&state, encoded.size()), '\0');
    decoded.resize(g_mime_encoding_flush(&state, encoded.data(), encoded.size(), decoded.data()));
    if (decoded.size() > limit) decoded.resize(limit);
    return decoded;
}

std::size_t decoded_size(std::string_view encoded, TransferEncoding encoding) {
    if (encoding == TransferEncoding::identity) return encoded.size();
    if (encoding == TransferEncoding::base64)
        if (const auto size = size_of_base64(encoded)) return *size;
    return decoded_content(encoded, encoding, std::numeric_limits<std::size_t>::max()).size();
}

}  // namespace raadspost::answer::mail
