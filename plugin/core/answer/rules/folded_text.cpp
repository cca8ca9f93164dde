#include "core/answer/rules/folded_text.hpp"

#include "core/fold.hpp"

#include <array>

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

// What becomes of ASCII: a letter or sign, white space, or nothing.
constexpr char blank = -1, dropped = -2;
constexpr std::array<char, 128> ascii = [] {
    std::array<char, 128> made{};
    for (std::size_t i = 0; i < made.size(); ++i) {
        const char c = static_cast<char>(i);
        made[i] = c <= ' ' || c == 0x7F               ? blank
                  : c >= 'A' && c <= 'Z'              ? static_cast<char>(c - 'A' + 'a')
                  : c == '\'' || c == '"' || c == '`' ? dropped
                                                      : c;
    }
    return made;
}();

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
    out.text.resize(text.size());
    out.from.resize(text.size() + 1);
    std::size_t size = 0;
    bool gap = false;
    // There is room for what is left, were it all ASCII. A gap has room of its own: that of a blank.
    const auto put = [&](char letter, std::size_t at) {
        out.text[size] = letter;
        out.from[size++] = static_cast<std::uint32_t>(at);
    };
    const auto add = [&](char letter, std::size_t at) {
        if (gap && size > 0) put(' ', at);
        gap = false;
        put(letter, at);
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            if (const char letter = ascii[byte]; letter > 0)
                add(letter, at);
            else
                gap = gap || letter == blank;
            ++at;
            continue;
        }
        const std::string_view point = text.substr(at, point_length(byte));
        if (is_dash(point)) {
            add('-', at);
        } else if (point == "\xC2\xA0") {
            gap = true;
        } else if (!is_quotation_mark(point)) {
            const std::string letters = folded(point);
            if (letters.empty()) gap = gap || point.size() > 1;
            // Letters of other scripts may become more than they were.
            if (const std::size_t room = size + letters.size() + 1 + (text.size() - at);
                letters.size() > point.size() && room > out.text.size()) {
                out.text.resize(room);
                out.from.resize(room + 1);
            }
            for (const char letter : letters) add(letter, at);
        }
        at += point.size();
    }
    out.text.resize(size);
    out.from.resize(size + 1);
    out.from[size] = static_cast<std::uint32_t>(text.size());
    return out;
}

}  // namespace raadspost::answer
