// The lines of a text file of unknown encoding, one by one, in bounded memory: byte order marks and UTF-16
// are understood, CR, LF and CRLF all end a line, and lines can be handed back to be read again, which lets
// the CSV reader recover from a lost quote. Bytes of 8-bit encodings are passed on as they are: see utf8_of
// in table.hpp. One thread.
#pragma once

#include "core/register/sink.hpp"

#include <deque>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::registers {

struct TextLine {
    std::size_t number = 0;  // 1-based
    std::string text;        // without its end
    bool cut = false;        // longer than max_record_bytes; the rest of it is lost
};

class TextLines {
public:
    explicit TextLines(std::istream& in);

    std::optional<TextLine> next();
    void hand_back(std::vector<TextLine> lines);  // in their order; next() yields them again

    // What the first bytes tell; UTF-32 is not read.
    enum class Encoding { eight_bit, utf16_little, utf16_big, utf32 };
    Encoding encoding() const { return encoding_; }

private:
    bool fill();  // more decoded text in block_, or false at the end
    void decode_utf16(std::string_view raw, bool last);

    std::istream& in_;
    Encoding encoding_ = Encoding::eight_bit;
    std::string raw_, block_;
    std::size_t at_ = 0;
    std::size_t number_ = 0;
    bool begun_ = false, ended_ = false, after_cr_ = false;
    std::deque<TextLine> again_;
};

}  // namespace raadspost::registers
