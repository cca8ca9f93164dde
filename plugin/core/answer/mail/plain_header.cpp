#include "core/answer/mail/plain_header.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace raadspost::answer::mail {
namespace {

constexpr std::size_t longest_boundary = 70;  // RFC 2046 5.1.1
constexpr std::size_t most_parameters = 12;   // of one field; no mail program writes half as many
constexpr std::string_view blanks = " \t";

// What an octet may be part of.
constexpr std::uint8_t line_letter = 1;  // of a header line: printable ASCII and tabs
constexpr std::uint8_t word_letter = 2;  // of names, and of values without quotation marks
constexpr std::uint8_t mark = 4;         // of values in quotation marks, beside the others
constexpr std::array<std::uint8_t, 256> kinds_of_letters = [] {
    std::array<std::uint8_t, 256> made{};
    for (std::size_t c = 0; c < made.size(); ++c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool word = letter || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (c == '\t' || (c >= ' ' && c < 0x7f)) made[c] |= line_letter;
        if (word) made[c] |= word_letter;
        if (std::string_view{"=+/:' ,()&@[]!#?"}.find(static_cast<char>(c)) != std::string_view::npos)
            made[c] |= mark;
    }
    return made;
}();

bool all_are(std::uint8_t kinds, std::string_view text) {
    return std::ranges::all_of(
        text, [&](char c) { return (kinds_of_letters[static_cast<unsigned char>(c)] & kinds) != 0; });
}

bool is_word(std::string_view text) {
    return !text.empty() && all_are(word_letter, text);
}

bool is(std::string_view text, std::string_view name) {
    return std::ranges::equal(text, name, [](char a, char want) { return want == lowered(a); });
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

struct Parameter {
    std::string_view name, value;
};

// RFC 2045 5.1: attribute "=" value.
std::optional<Parameter> parameter_of(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || !is_word(text.substr(0, equals))) return std::nullopt;
    Parameter out{text.substr(0, equals), text.substr(equals + 1)};
    if (is_word(out.value)) return out;
    if (out.value.size() < 3 || !out.value.starts_with('"') || !out.value.ends_with('"')) return std::nullopt;
    out.value = out.value.substr(1, out.value.size() - 2);
    // What looks like an encoded word may be taken for one, though RFC 2047 5 forbids them here.
    const bool plain = all_are(word_letter | mark, out.value) && out.value == trimmed(out.value) &&
                       out.value.find("  ") == std::string_view::npos &&
                       out.value.find("=?") == std::string_view::npos;
    return plain ? std::optional{out} : std::nullopt;
}

// The value of a field before its parameters, each of which goes to `take`; nothing where one of them is not
// plain, or is there twice.
std::optional<std::string_view> with_parameters(std::string_view value, auto&& take) {
    std::array<std::string_view, most_parameters> names;
    std::size_t count = 0;
    std::size_t end = std::min(value.find(';'), value.size());
    const std::string_view main = trimmed(value.substr(0, end));
    while (end < value.size()) {
        value.remove_prefix(end + 1);
        end = std::min(value.find(';'), value.size());
        const std::string_view piece = trimmed(value.substr(0, end));
        if (piece.empty() && end == value.size()) break;  // many end in a semicolon
        const auto parameter = parameter_of(piece);
        if (!parameter || count == most_parameters) return std::nullopt;
        for (std::size_t i = 0; i < count; ++i)
            if (is(names[i], lowered(parameter->name))) return std::nullopt;
        names[count++] = parameter->name;
        take(*parameter);
    }
    return main;
}

bool read_type(std::string_view value, PlainHeader& out, std::string& name) {
    const auto media = with_parameters(value, [&](const Parameter& each) {
        if (is(each.name, "charset")) out.charset = each.value;
        if (is(each.name, "boundary")) out.boundary = each.value;
        if (is(each.name, "report-type")) out.report_type = lowered(each.value);
        if (is(each.name, "format")) out.flowed = is(each.value, "flowed");
        if (is(each.name, "delsp")) out.delete_space = is(each.value, "yes");
        if (is(each.name, "name")) name = each.value;
    });
    if (!media) return false;
    const std::size_t slash = media->find('/');
    if (slash == std::string_view::npos || !is_word(media->substr(0, slash)) ||
        !is_word(media->substr(slash + 1)))
        return false;
    out.media = lowered(*media);
    // RFC 2046 5.1.1: a blank at its end is none of it, and nobody has one within.
    return out.boundary.size() <= longest_boundary && out.boundary.find(' ') == std::string::npos;
}

bool read_disposition(std::string_view value, PlainHeader& out) {
    const auto kind = with_parameters(value, [&](const Parameter& each) {
        if (is(each.name, "filename")) out.file_name = each.value;
    });
    if (!kind || (!is(*kind, "inline") && !is(*kind, "attachment"))) return false;
    out.attached = is(*kind, "attachment");
    return true;
}

bool read_encoding(std::string_view value, PlainHeader& out) {
    if (is(value, "quoted-printable"))
        out.encoding = TransferEncoding::quoted_printable;
    else if (is(value, "base64"))
        out.encoding = TransferEncoding::base64;
    else
        return is(value, "7bit") || is(value, "8bit") || is(value, "binary");
    return true;
}

// Fields that say how the part is made up, each once.
class Reader {
public:
    // `lines`: of one field, with its name.
    bool take(std::string_view name, std::string_view lines) {
        if (!name.starts_with('C') && !name.starts_with('c')) return true;
        if (is(name, "content-type")) return once(has_type_) && read_type(unfolded(lines), out_, type_name_);
        if (is(name, "content-disposition"))
            return once(has_disposition_) && read_disposition(unfolded(lines), out_);
        if (is(name, "content-transfer-encoding"))
            return once(has_encoding_) && read_encoding(trimmed(unfolded(lines)), out_);
        return true;
    }

    PlainHeader finish() {
        if (out_.file_name.empty()) out_.file_name = std::move(type_name_);
        return std::move(out_);
    }

private:
    static bool once(bool& seen) { return !std::exchange(seen, true); }

    // RFC 5322 2.2.3. Kept until the next one. A tab stays, which within a value is not plain.
    std::string_view unfolded(std::string_view lines) {
        value_.assign(lines.substr(lines.find(':') + 1));
        std::ranges::replace(value_, '\n', ' ');
        return value_;
    }

    PlainHeader out_;
    std::string value_, type_name_;
    bool has_type_ = false, has_disposition_ = false, has_encoding_ = false;
};

}  // namespace

// Every line is a field or goes on with one: parsers differ in where the header ends otherwise. A returned
// message may end with its last field.
std::optional<PlainHeader> plain_header(std::string_view block) {
    Reader reader;
    std::string_view name, field;
    const auto take_field = [&] { return name.empty() || reader.take(name, field); };
    std::size_t begin = 0;
    for (std::size_t at = 0; at < block.size();) {
        const std::size_t end = std::min(block.find('\n', at), block.size());
        const std::string_view line = block.substr(at, end - at);
        if (!all_are(line_letter, line)) return std::nullopt;
        if (line.empty()) break;
        if (line.front() == ' ' || line.front() == '\t') {
            if (name.empty() || trimmed(line).empty()) return std::nullopt;
        } else {
            if (!take_field()) return std::nullopt;
            name = line.substr(0, line.find(':'));
            if (name.size() == line.size() || !is_word(name)) return std::nullopt;
            begin = at;
        }
        field = block.substr(begin, end - begin);
        at = end + 1;
    }
    return take_field() ? std::optional{reader.finish()} : std::nullopt;
}

}  // namespace raadspost::answer::mail
