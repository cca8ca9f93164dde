#include "core/answer/mail/plain_parts.hpp"

#include "core/answer/mail/fields.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace raadspost::answer::mail {
namespace {

// No mail program makes more of them.
constexpr std::size_t most_pieces = 16;
constexpr std::size_t deepest = 8;

// Those whose parts are all to be read, or not, by the same rule.
constexpr std::array<std::string_view, 4> multiparts = {"multipart/alternative", "multipart/mixed",
                                                        "multipart/related", "multipart/report"};
// What is only kept or named. Of the messages in messages, those that no parser takes apart.
constexpr std::array<std::string_view, 5> leaf_messages = {
    "message/delivery-status", "message/disposition-notification", "message/feedback-report",
    "message/rfc822-headers", "text/rfc822-headers"};
constexpr std::array<std::string_view, 5> leaf_kinds = {"text/", "application/", "image/", "audio/",
                                                        "video/"};

bool is_leaf(std::string_view media) {
    return std::ranges::find(leaf_messages, media) != leaf_messages.end() ||
           std::ranges::any_of(leaf_kinds, [&](std::string_view kind) { return media.starts_with(kind); });
}

// What stands between the lines of a boundary (RFC 2046 5.1.1), in their order; the last goes on to the end
// where a report cut it off. Nothing where a line only looks like one.
std::optional<std::vector<std::string_view>> pieces_of(std::string_view body, std::string_view boundary) {
    const auto find = [&](const std::string& line,
                          std::size_t from) {  // string_view's own stops at every line
        const void* found = memmem(body.data() + from, body.size() - from, line.data(), line.size());
        return found == nullptr ? std::string_view::npos
                                : static_cast<std::size_t>(static_cast<const char*>(found) - body.data());
    };
    const std::string line = "\n--" + std::string{boundary};
    std::vector<std::string_view> pieces;
    std::size_t at = 0;
    if (!body.starts_with(std::string_view{line}.substr(1))) {
        at = find(line, 0);
        if (at != std::string_view::npos) ++at;
    }
    while (at != std::string_view::npos) {
        const std::size_t behind = at + line.size() - 1;
        const std::string_view rest = body.substr(behind);
        if (rest == "--" || rest.starts_with("--\n")) return pieces;
        if (!rest.starts_with('\n') || rest.size() == 1 || pieces.size() == most_pieces) return std::nullopt;
        const std::size_t next = find(line, behind + 1);
        pieces.push_back(body.substr(behind + 1, next - behind - 1));
        if (next == std::string_view::npos) return pieces;
        at = next + 1;
    }
    return std::nullopt;
}

bool add_parts(PlainPart& whole, std::size_t depth);

std::optional<PlainPart> part_of(std::string_view bytes, std::size_t depth) {
    PlainPart out;
    out.block = bytes.substr(0, header_block_size(bytes));
    out.content = bytes.substr(out.block.size());
    std::optional<PlainHeader> header = plain_header(out.block);
    if (!header || depth == deepest) return std::nullopt;
    out.header = std::move(*header);
    return is_leaf(out.header.media) || add_parts(out, depth) ? std::optional{std::move(out)} : std::nullopt;
}

// Of a multipart, or of a message in a message: these are not encoded (RFC 2045 6.4).
bool add_parts(PlainPart& whole, std::size_t depth) {
    if (whole.header.encoding != TransferEncoding::identity) return false;
    std::vector<std::string_view> pieces;
    if (whole.header.media == "message/rfc822") {
        if (whole.content.empty() || whole.content.starts_with('\n')) return false;  // without any field
        pieces.push_back(whole.content);
    } else {
        if (std::ranges::find(multiparts, whole.header.media) == multiparts.end()) return false;
        if (whole.header.boundary.empty()) return false;
        auto found = pieces_of(whole.content, whole.header.boundary);
        if (!found || found->empty()) return false;
        pieces = std::move(*found);
    }
    whole.parts.reserve(pieces.size());
    for (const std::string_view piece : pieces) {
        std::optional<PlainPart> part = part_of(piece, depth + 1);
        if (!part) return false;
        whole.parts.push_back(std::move(*part));
    }
    return true;
}

}  // namespace

std::optional<PlainPart> plain_parts(std::string_view bytes) {
    return part_of(bytes, 0);
}

}  // namespace raadspost::answer::mail
