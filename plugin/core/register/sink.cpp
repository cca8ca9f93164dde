#include "core/register/sink.hpp"

namespace raadspost::registers {
namespace {

// Bytes of the well-formed UTF-8 character at the front of `text`; 0 when there is none.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                               : lead >= 0xE0                ? 3
                               : lead >= 0xC2                ? 2
                                                             : 0;
    if (length == 0 || lead >= 0xF5 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0u) != 0x80u) return 0;
    if (length == 3 && ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F))) return 0;
    if (length == 4 && ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F))) return 0;
    return length;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = character_bytes(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string quoted(std::string_view found) {
    std::string out;
    while (!found.empty()) {
        const auto length = character_bytes(found);
        const auto piece = found.substr(0, length == 0 ? 1 : length);
        const bool shown =
            length > 1 || (length == 1 && static_cast<unsigned char>(piece[0]) >= 0x20 && piece[0] != 0x7F);
        if (out.size() + piece.size() > max_found_bytes) {
            out += "...";
            break;
        }
        if (shown)
            out += piece;
        else
            out += '?';
        found.remove_prefix(piece.size());
    }
    return out;
}

std::string at_line(std::size_t line) {
    return "line " + std::to_string(line);
}

void Complaints::add(std::string id, std::string place, std::string_view found, std::string text) {
    if (++count_ > max_problems) return;
    if (count_ == max_problems)
        out_(
            {"register_too_many_problems", std::move(place), std::to_string(max_problems),
             "There are " + std::to_string(max_problems) +
                 " problems or more in this file; the rest are not shown. Check that it is the right file."});
    else
        out_({std::move(id), std::move(place), quoted(found), std::move(text)});
}

}  // namespace raadspost::registers
