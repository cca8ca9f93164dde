#include "core/answer/rules/folded_text.hpp"

#include "core/fold.hpp"

namespace raadspost::answer {
namespace {

bool is_quotation_mark(std::string_view point) {
    return point == "\xE2\x80\x98" || point == "\xE2\x80\x99" || point == "\xE2\x80\x9C" ||
           point == "\xE2\x80\x9D" || point == "\xE2\x80\x9E" || point == "\xE2\x80\x9A" ||
           point == "\xC2\xAB" || point == "\xC2\xBB" || point == "\xC2\xB4";
}

bool is_dash(std::string_view point) {
    return point >= "\xE2\x80\x90" && point <= "\xE2\x80\x95" && point.size() == 3;
}

std::size_t point_length(unsigned char lead) {
    return lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
}

}  // namespace

std::string_view FoldedText::original(std::string_view source, std::string_view piece) const {
    if (piece.empty()) return {};
    const auto first = static_cast<std::size_t>(piece.data() - text.data());
    // Up to the last letter itself: what was dropped behind it (a quotation mark) is not part of the piece.
    const std::size_t begin = from[first], last = from[first + piece.size() - 1];
    return source.substr(begin, last - begin + point_length(static_cast<unsigned char>(source[last])));
}

FoldedText folded_text(std::string_view text) {
    FoldedText out;
    out.text.reserve(text.size());
    out.from.reserve(text.size() + 1);
    bool gap = false;
    const auto add = [&](char letter, std::size_t at) {
        if (gap && !out.text.empty()) {
            out.text += ' ';
            out.from.push_back(static_cast<std::uint32_t>(at));
        }
        gap = false;
        out.text += letter;
        out.from.push_back(static_cast<std::uint32_t>(at));
    };
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (const auto byte = static_cast<unsigned char>(c); byte < 0x80) {
            if (byte <= ' ' || byte == 0x7F)
                gap = true;
            else if (c >= 'A' && c <= 'Z')
                add(static_cast<char>(c - 'A' + 'a'), at);
            else if (c != '\'' && c != '"' && c != '`')
                add(c, at);
            ++at;
            continue;
        }
        const std::string_view point = text.substr(at, point_length(static_cast<unsigned char>(c)));
        if (is_dash(point)) {
            add('-', at);
        } else if (point == "\xC2\xA0") {
            gap = true;
        } else if (!is_quotation_mark(point)) {
            const std::string letters = folded(point);
            if (letters.empty()) gap = gap || point.size() > 1;
            for (const char letter : letters) add(letter, at);
        }
        at += point.size();
    }
    out.from.push_back(static_cast<std::uint32_t>(text.size()));
    return out;
}

}  // namespace raadspost::answer
