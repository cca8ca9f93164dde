#include "core/answer/mail/plain_parts.hpp"

#include "core/answer/mail/fields.hpp"

#include <algorithm>
#include <vector>

namespace raadspost::answer::mail {
namespace {

// No mail program makes more of them out of texts.
constexpr std::size_t most_pieces = 8;
constexpr std::size_t deepest = 3;

std::string lower(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return out;
}

std::string_view without_blanks(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool is_word(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
}

struct Parameter {
    std::string name;  // lower case
    std::string_view value;
};

// `marks`: what a value in quotation marks may hold beside words.
std::optional<Parameter> parameter_of(std::string_view text, std::string_view marks) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    Parameter out{lower(text.substr(0, equals)), text.substr(equals + 1)};
    const bool quoted = out.value.size() >= 2 && out.value.starts_with('"') && out.value.ends_with('"');
    if (quoted) out.value = out.value.substr(1, out.value.size() - 2);
    const bool plain =
        is_word(out.value) || (quoted && !out.value.empty() && std::ranges::all_of(out.value, [&](char c) {
                                   return is_word({&c, 1}) || marks.find(c) != std::string_view::npos;
                               }));
    return plain ? std::optional{out} : std::nullopt;
}

// Calls `take` with each parameter of a media type; false where one of them is not plain, twice there, or
// refused by it.
bool each_parameter(std::string_view type, std::string_view marks, auto&& take) {
    std::vector<std::string> seen;
    for (std::size_t end = type.find(';'); end < type.size();) {
        type.remove_prefix(end + 1);
        end = std::min(type.find(';'), type.size());
        const auto parameter = parameter_of(without_blanks(type.substr(0, end)), marks);
        if (!parameter || std::ranges::find(seen, parameter->name) != seen.end() || !take(*parameter))
            return false;
        seen.push_back(parameter->name);
    }
    return true;
}

std::string media_of(std::string_view type) {
    return lower(without_blanks(type.substr(0, type.find(';'))));
}

std::optional<TextForm> text_form(std::string_view type, std::string_view media) {
    TextForm form;
    if (media != "text/plain" && media != "text/html") return std::nullopt;
    form.html = media == "text/html";
    const bool plain = each_parameter(type, {}, [&](const Parameter& each) {
        if (each.name == "charset")
            form.charset = each.value;
        else if (each.name == "format")
            form.flowed = lower(each.value) == "flowed";
        else if (each.name == "delsp")
            form.delete_space = lower(each.value) == "yes";
        else
            return false;  // a name, for one, may make an attachment of it
        return true;
    });
    return plain ? std::optional{form} : std::nullopt;
}

// The boundary of a multipart; nothing where it has none that is plain.
std::optional<std::string> boundary_of(std::string_view type) {
    constexpr std::string_view marks = "=+/:'";
    constexpr std::size_t longest = 70;  // RFC 2046 5.1.1
    std::string boundary;
    const bool plain = each_parameter(type, marks, [&](const Parameter& each) {
        if (each.name == "boundary") boundary = each.value;
        return each.name == "boundary" || each.name == "charset" || each.name == "type";
    });
    const bool usual = plain && !boundary.empty() && boundary.size() <= longest;
    return usual ? std::optional{boundary} : std::nullopt;
}

std::optional<TransferEncoding> encoding_of(std::string_view value) {
    const std::string name = lower(value);
    if (name == "7bit" || name == "8bit") return TransferEncoding::identity;
    if (name == "quoted-printable") return TransferEncoding::quoted_printable;
    if (name == "base64") return TransferEncoding::base64;
    return std::nullopt;
}

// Whether every line is a field or goes on with one, in printable ASCII: parsers differ in what they make of
// others, and where the headers end then.
bool is_plain_block(std::string_view block) {
    bool continues = false;
    while (!block.empty()) {
        const std::size_t end = std::min(block.find('\n'), block.size());
        const std::string_view line = block.substr(0, end);
        block.remove_prefix(std::min(end + 1, block.size()));
        if (line.empty()) return block.empty();
        if (!std::ranges::all_of(line, [](char c) { return c == '\t' || (c >= ' ' && c < 0x7f); }))
            return false;
        const bool blank = line.front() == ' ' || line.front() == '\t';
        if (blank ? !continues || line.find_first_not_of(" \t") == std::string_view::npos
                  : !is_word(line.substr(0, line.find(':'))) || line.find(':') == std::string_view::npos)
            return false;
        continues = true;
    }
    return false;
}

struct PartHeader {
    std::string type;
    std::optional<TransferEncoding> encoding;
};

std::optional<PartHeader> header_of(std::string_view block) {
    if (!is_plain_block(block)) return std::nullopt;
    PartHeader out;
    for (Field& field : read_fields(block)) {
        if (field.name == "content-type" && out.type.empty()) {
            out.type = std::move(field.value);
        } else if (field.name == "content-transfer-encoding" && !out.encoding) {
            out.encoding = encoding_of(field.value);
            if (!out.encoding) return std::nullopt;
        } else if (field.name != "mime-version" && field.name != "content-language" &&
                   field.name != "content-id" &&
                   !(field.name == "content-disposition" && lower(field.value) == "inline")) {
            return std::nullopt;
        }
    }
    return out.type.empty() ? std::nullopt : std::optional{std::move(out)};
}

// What stands between the lines of a boundary, in their order; nothing where a line only looks like one, or
// the last is not there.
std::optional<std::vector<std::string_view>> pieces_of(std::string_view body, std::string_view boundary) {
    const std::string line = "\n--" + std::string{boundary};
    std::vector<std::string_view> pieces;
    std::size_t at = body.starts_with(std::string_view{line}.substr(1)) ? 0 : body.find(line);
    if (at != 0 && at != std::string_view::npos) ++at;
    while (at != std::string_view::npos) {
        const std::size_t behind = at + line.size() - 1;
        const std::string_view rest = body.substr(behind);
        if (rest == "--" || rest.starts_with("--\n")) return pieces;
        if (!rest.starts_with('\n')) return std::nullopt;
        const std::size_t next = body.find(line, behind + 1);
        if (next == std::string_view::npos || pieces.size() == most_pieces) return std::nullopt;
        pieces.push_back(body.substr(behind + 1, next - behind - 1));
        at = next + 1;
    }
    return std::nullopt;
}

std::optional<PlainPart> part_of(std::string_view bytes, std::size_t depth) {
    const std::size_t block = header_block_size(bytes);
    const std::optional<PartHeader> header = header_of(bytes.substr(0, block));
    if (!header) return std::nullopt;
    PlainPart out;
    out.encoding = header->encoding.value_or(TransferEncoding::identity);
    out.content = bytes.substr(block);
    const std::string media = media_of(header->type);
    if (std::optional<TextForm> form = text_form(header->type, media)) {
        out.form = std::move(*form);
        return out;
    }
    out.alternatives = media == "multipart/alternative";
    const bool taken = out.alternatives || media == "multipart/mixed" || media == "multipart/related";
    if (!taken || out.encoding != TransferEncoding::identity || depth == deepest) return std::nullopt;
    const std::optional<std::string> boundary = boundary_of(header->type);
    if (!boundary) return std::nullopt;
    const auto pieces = pieces_of(out.content, *boundary);
    if (!pieces || pieces->empty()) return std::nullopt;
    for (const std::string_view piece : *pieces) {
        std::optional<PlainPart> part = part_of(piece, depth + 1);
        if (!part) return std::nullopt;
        out.parts.push_back(std::move(*part));
    }
    return out;
}

}  // namespace

std::optional<PlainPart> plain_parts(std::string_view bytes) {
    return part_of(bytes, 0);
}

}  // namespace raadspost::answer::mail
