#include "core/register/file/text_lines.hpp"

#include "core/windows_1252.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace raadspost::registers {
namespace {

// Text without a mark is UTF-16 when every second byte of its beginning is zero, as with Latin letters.
TextLines::Encoding guessed(std::string_view bytes) {
    using enum TextLines::Encoding;
    if (bytes.size() < 4) return eight_bit;
    const bool even = bytes[0] == 0 && bytes[2] == 0, odd = bytes[1] == 0 && bytes[3] == 0;
    if (even && !odd) return utf16_big;
    if (odd && !even) return utf16_little;
    return eight_bit;
}

}  // namespace

TextLines::TextLines(std::istream& in) : in_{in} {
    raw_.resize(read_block_bytes);
}

bool TextLines::fill() {
    if (ended_) return false;
    // raw_ may begin with bytes of a cut character that decode_utf16 left there.
    const std::size_t kept = begun_ ? raw_.size() : 0;
    raw_.resize(kept + read_block_bytes);
    in_.read(raw_.data() + kept, static_cast<std::streamsize>(read_block_bytes));
    const auto got = static_cast<std::size_t>(in_.gcount());
    raw_.resize(kept + got);
    ended_ = got < read_block_bytes;
    std::string_view bytes = raw_;
    if (!begun_) {
        begun_ = true;
        using namespace std::string_view_literals;
        if (bytes.starts_with("\xEF\xBB\xBF"))
            bytes.remove_prefix(3);
        else if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv))
            encoding_ = Encoding::utf32;
        else if (bytes.starts_with("\xFF\xFE"))
            encoding_ = Encoding::utf16_little, bytes.remove_prefix(2);
        else if (bytes.starts_with("\xFE\xFF"))
            encoding_ = Encoding::utf16_big, bytes.remove_prefix(2);
        else
            encoding_ = guessed(bytes);
    }
    at_ = 0;
    if (encoding_ == Encoding::eight_bit || encoding_ == Encoding::utf32) {
        block_.assign(bytes);
        raw_.clear();
    } else {
        decode_utf16(bytes, ended_);
    }
    return !block_.empty() || (!ended_ && fill());
}

void TextLines::decode_utf16(std::string_view raw, bool last) {
    block_.clear();
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<std::uint8_t>(raw[i]), second = static_cast<std::uint8_t>(raw[i + 1]);
        return static_cast<char32_t>(encoding_ == Encoding::utf16_big ? first << 8 | second
                                                                      : second << 8 | first);
    };
    std::size_t i = 0;
    for (; i + 1 < raw.size(); i += 2) {
        char32_t point = unit(i);
        if (point >= 0xD800 && point < 0xDC00) {
            if (i + 3 >= raw.size() && !last) break;
            const char32_t low = i + 3 < raw.size() ? unit(i + 2) : 0;
            if (low >= 0xDC00 && low < 0xE000) {
                point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        append_utf8(block_, point >= 0xD800 && point < 0xE000 ? 0xFFFD : point);
    }
    raw_ = std::string{raw.substr(std::min(i, raw.size()))};
}

std::optional<TextLine> TextLines::next() {
    if (!again_.empty()) {
        TextLine line = std::move(again_.front());
        again_.pop_front();
        return line;
    }
    TextLine line;
    bool any = false;
    while (at_ < block_.size() || fill()) {
        if (std::exchange(after_cr_, false) && block_[at_] == '\n') {  // the second half of CRLF
            ++at_;
            continue;
        }
        any = true;
        const auto end = std::min(block_.find_first_of("\r\n", at_), block_.size());
        const auto piece = std::string_view{block_}.substr(at_, end - at_);
        const auto room = max_record_bytes - line.text.size();
        line.cut = line.cut || piece.size() > room;
        line.text += piece.substr(0, room);
        at_ = end;
        if (end == block_.size()) continue;
        after_cr_ = block_[at_++] == '\r';
        line.number = ++number_;
        return line;
    }
    if (!any) return std::nullopt;
    line.number = ++number_;
    return line;
}

void TextLines::hand_back(std::vector<TextLine> lines) {
    again_.insert(again_.begin(), std::make_move_iterator(lines.begin()),
                  std::make_move_iterator(lines.end()));
}

}  // namespace raadspost::registers
