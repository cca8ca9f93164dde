#include "core/answer/mail/charset.hpp"

#include "core/ascii.hpp"
#include "core/windows_1252.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

namespace raadspost::answer::mail {
namespace {

struct Named {
    std::string_view label;
    const char* iconv;  // null: by windows_1252 or UTF-8, whichever the octets are
};

// Labels without '-' and '_', sorted. After the WHATWG Encoding Standard, plus what old mail still brings.
constexpr std::array charsets = {
    Named{"big5", "BIG5-HKSCS"},
    Named{"big5hkscs", "BIG5-HKSCS"},
    Named{"cp1250", "CP1250"},
    Named{"cp1251", "CP1251"},
    Named{"cp1253", "CP1253"},
    Named{"cp1254", "CP1254"},
    Named{"cp1255", "CP1255"},
    Named{"cp1256", "CP1256"},
    Named{"cp1257", "CP1257"},
    Named{"cp1258", "CP1258"},
    Named{"cp437", "CP437"},
    Named{"cp850", "CP850"},
    Named{"cp866", "CP866"},
    Named{"cp932", "CP932"},
    Named{"cp936", "GB18030"},
    Named{"cp949", "CP949"},
    Named{"euccn", "GB18030"},
    Named{"eucjp", "EUC-JP"},
    Named{"euckr", "CP949"},
    Named{"gb18030", "GB18030"},
    Named{"gb2312", "GB18030"},
    Named{"gbk", "GB18030"},
    Named{"ibm437", "CP437"},
    Named{"ibm850", "CP850"},
    Named{"ibm866", "CP866"},
    Named{"iso2022jp", "ISO-2022-JP"},
    Named{"iso885910", "ISO-8859-10"},
    Named{"iso885911", "CP874"},
    Named{"iso885913", "ISO-8859-13"},
    Named{"iso885914", "ISO-8859-14"},
    Named{"iso885915", "ISO-8859-15"},
    Named{"iso885916", "ISO-8859-16"},
    Named{"iso88592", "ISO-8859-2"},
    Named{"iso88593", "ISO-8859-3"},
    Named{"iso88594", "ISO-8859-4"},
    Named{"iso88595", "ISO-8859-5"},
    Named{"iso88596", "ISO-8859-6"},
    Named{"iso88597", "ISO-8859-7"},
    Named{"iso88598", "ISO-8859-8"},
    Named{"iso88598i", "ISO-8859-8"},
    Named{"iso88599", "CP1254"},
    Named{"koi8r", "KOI8-R"},
    Named{"koi8u", "KOI8-U"},
    Named{"ksc56011987", "CP949"},
    Named{"latin2", "ISO-8859-2"},
    Named{"latin9", "ISO-8859-15"},
    Named{"macintosh", "MACINTOSH"},
    Named{"macroman", "MACINTOSH"},
    Named{"shiftjis", "CP932"},
    Named{"sjis", "CP932"},
    Named{"tis620", "CP874"},
    Named{"utf16", "UTF-16"},
    Named{"utf16be", "UTF-16BE"},
    Named{"utf16le", "UTF-16LE"},
    Named{"utf7", "UTF-7"},
    Named{"windows1250", "CP1250"},
    Named{"windows1251", "CP1251"},
    Named{"windows1253", "CP1253"},
    Named{"windows1254", "CP1254"},
    Named{"windows1255", "CP1255"},
    Named{"windows1256", "CP1256"},
    Named{"windows1257", "CP1257"},
    Named{"windows1258", "CP1258"},
    Named{"windows874", "CP874"},
    Named{"windows932", "CP932"},
    Named{"xeucjp", "EUC-JP"},
    Named{"xgbk", "GB18030"},
    Named{"xmacroman", "MACINTOSH"},
    Named{"xsjis", "CP932"},
};
static_assert(std::ranges::is_sorted(charsets, {}, &Named::label));

const char* iconv_name(std::string_view label) {
    std::array<char, 16> room{};
    std::size_t length = 0;
    for (char letter : label) {
        if (letter == '-' || letter == '_' || letter == '"' || letter == '\'' || letter == ' ') continue;
        if (length == room.size()) return nullptr;
        room[length++] = lowered(letter);
    }
    const std::string_view plain{room.data(), length};
    const auto* found = std::ranges::lower_bound(charsets, plain, {}, &Named::label);
    return found != charsets.end() && found->label == plain ? found->iconv : nullptr;
}

// Those in which octets below 128 are not simply ASCII.
bool in_seven_bits(std::string_view iconv) {
    return iconv.starts_with("ISO-2022") || iconv.starts_with("UTF-");
}

bool is_ascii(std::string_view text) {
    std::size_t i = 0;
    for (std::uint64_t eight = 0; i + sizeof eight <= text.size(); i += sizeof eight) {
        std::memcpy(&eight, text.data() + i, sizeof eight);
        if ((eight & 0x8080808080808080u) != 0) return false;
    }
    return std::ranges::all_of(text.substr(i), [](char letter) { return (letter & 0x80) == 0; });
}

// Octets of the well-formed letter that `rest` begins with (RFC 3629, section 4), and its code point; 0
// octets if there is none.
std::pair<std::size_t, char32_t> letter_at(std::string_view rest) {
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const unsigned char first = octet(0);
    if (first < 0x80) return {1, first};
    std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                         : (first & 0xF0) == 0xE0         ? 3
                         : first >= 0xF0 && first <= 0xF4 ? 4
                                                          : 0;
    if (length == 0 || rest.size() < length) return {0, 0};
    char32_t point = first & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((octet(i) & 0xC0) != 0x80) return {0, 0};
        point = point << 6 | (octet(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return {0, 0};
    return {length, point};
}

bool is_invisible(char32_t point) {
    return point == 0xAD || point == 0x200B || point == 0x200E || point == 0x200F ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF;
}

void append_letter(std::string& out, char32_t point) {
    if (point >= 0x80 && point < 0xA0)  // never meant: Windows-1252 by way of Latin-1
        point = code_point_of_windows_1252(static_cast<unsigned char>(point));
    if (point == 0xA0 || point == 0x202F || point == 0x2007)
        out += ' ';
    else if (point == 0x2028 || point == 0x2029)
        out += '\n';
    else if (!is_invisible(point) && !(point >= 0x80 && point < 0xA0))
        append_utf8(out, point);
}

void append_ascii(std::string& out, std::string_view text, std::size_t i) {
    const char letter = text[i];
    if (letter == '\n' || letter == '\f' || letter == '\v')
        out += '\n';
    else if (letter == '\r') {
        if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
    } else if (letter == '\t' || (letter >= ' ' && letter != 0x7f))
        out += letter;
}

bool is_plain(char letter) {
    return letter >= ' ' && letter < 0x7f;
}

// Where the letters end, from `i` on, that stand for themselves. Eight at a time: a sum or a difference that
// leaves the seven bits of its octet shows in the eighth.
std::size_t end_of_plain(std::string_view bytes, std::size_t i) {
    constexpr std::uint64_t each = 0x0101010101010101u;
    for (std::uint64_t eight = 0; i + sizeof eight <= bytes.size(); i += sizeof eight) {
        std::memcpy(&eight, bytes.data() + i, sizeof eight);
        const std::uint64_t too_small = eight - each * ' ', too_large = eight + each;  // 0x7f and more
        if (((eight | too_small | too_large) & (each * 0x80)) != 0) break;
    }
    while (i < bytes.size() && is_plain(bytes[i])) ++i;
    return i;
}

std::string decoded_8_bit(std::string_view bytes, bool is_windows_1252) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 16);
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t run = end_of_plain(bytes, i);
        out.append(bytes.substr(i, run - i));
        if ((i = run) == bytes.size()) break;
        const auto octet = static_cast<unsigned char>(bytes[i]);
        if (octet < 0x80) {
            append_ascii(out, bytes, i++);
            continue;
        }
        const auto [length, point] =
            is_windows_1252 ? std::pair{std::size_t{0}, char32_t{0}} : letter_at(bytes.substr(i));
        append_letter(out, length == 0 ? code_point_of_windows_1252(octet) : point);
        i += std::max<std::size_t>(length, 1);
    }
    return out;
}

struct Eights {
    std::size_t letters = 0;  // well-formed UTF-8 of more than one octet
    std::size_t strays = 0;
};

Eights count_eights(std::string_view bytes) {
    Eights found;
    for (std::size_t i = 0; i < bytes.size();) {
        if ((bytes[i] & 0x80) == 0) {
            ++i;
            continue;
        }
        const std::size_t length = letter_at(bytes.substr(i)).first;
        ++(length == 0 ? found.strays : found.letters);
        i += std::max<std::size_t>(length, 1);
    }
    return found;
}

class Converter {
public:
    explicit Converter(const char* from) : handle_{iconv_open("UTF-8", from)} {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (works()) iconv_close(handle_);
    }
    bool works() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

    std::string operator()(std::string_view bytes) {
        std::string out, in{bytes};
        char* from = in.data();
        std::size_t left = in.size();
        std::array<char, 4096> room{};
        while (left > 0) {
            char* to = room.data();
            std::size_t free = room.size();
            const std::size_t result = iconv(handle_, &from, &left, &to, &free);
            out.append(room.data(), room.size() - free);
            if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
            if (errno == EINVAL) break;  // cut in the middle of a letter
            append_utf8(out, 0xFFFD);
            ++from, --left;
        }
        return out;
    }

private:
    iconv_t handle_;
};

}  // namespace

bool is_printable_ascii(std::string_view text) {
    return end_of_plain(text, 0) == text.size();
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    const char* const iconv = iconv_name(charset);
    if (iconv != nullptr && in_seven_bits(iconv)) {
        if (Converter convert{iconv}; convert.works()) return decoded_8_bit(convert(bytes), false);
    }
    if (is_ascii(bytes)) return decoded_8_bit(bytes, false);
    const Eights found = count_eights(bytes);
    // Text of one octet a letter is hardly ever well-formed UTF-8 by accident; so the octets win over the
    // label.
    if (iconv != nullptr &&
        !(found.strays == 0 && found.letters > 0 && std::string_view{iconv}.starts_with("ISO-8859"))) {
        if (Converter convert{iconv}; convert.works()) return decoded_8_bit(convert(bytes), false);
    }
    return decoded_8_bit(bytes, found.strays > found.letters);
}

}  // namespace raadspost::answer::mail
