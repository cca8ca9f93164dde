#include "core/answer/mail/single_text.hpp"

#include "core/answer/mail/fields.hpp"

#include <algorithm>
#include <vector>

namespace raadspost::answer::mail {
namespace {

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

// "charset=utf-8", "charset="utf-8"", format, delsp; each once.
bool take_parameter(TextForm& form, std::string_view parameter, std::vector<std::string>& seen) {
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos) return false;
    const std::string name = lower(parameter.substr(0, equals));
    std::string_view value = parameter.substr(equals + 1);
    if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"'))
        value = value.substr(1, value.size() - 2);
    if (!is_word(value) || std::ranges::find(seen, name) != seen.end()) return false;
    seen.push_back(name);
    if (name == "charset")
        form.charset = value;
    else if (name == "format")
        form.flowed = lower(value) == "flowed";
    else if (name == "delsp")
        form.delete_space = lower(value) == "yes";
    else
        return false;  // a name, for one, may make an attachment of it
    return true;
}

std::optional<TextForm> form_of(std::string_view type) {
    TextForm form;
    std::size_t end = std::min(type.find(';'), type.size());
    const std::string media = lower(without_blanks(type.substr(0, end)));
    if (media != "text/plain" && media != "text/html") return std::nullopt;
    form.html = media == "text/html";
    std::vector<std::string> seen;
    while (end < type.size()) {
        type.remove_prefix(end + 1);
        end = std::min(type.find(';'), type.size());
        if (!take_parameter(form, without_blanks(type.substr(0, end)), seen)) return std::nullopt;
    }
    return form;
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

}  // namespace

std::optional<SingleText> single_text(std::string_view bytes) {
    const std::size_t block = header_block_size(bytes);
    if (!is_plain_block(bytes.substr(0, block))) return std::nullopt;
    SingleText out;
    bool typed = false, encoded = false;
    for (const Field& field : read_fields(bytes.substr(0, block))) {
        if (field.name == "content-type" && !typed) {
            const std::optional<TextForm> form = form_of(field.value);
            if (!form) return std::nullopt;
            out.form = *form;
            typed = true;
        } else if (field.name == "content-transfer-encoding" && !encoded) {
            const std::optional<TransferEncoding> encoding = encoding_of(field.value);
            if (!encoding) return std::nullopt;
            out.encoding = *encoding;
            encoded = true;
        } else if (field.name != "mime-version" && field.name != "content-language") {
            return std::nullopt;
        }
    }
    if (!typed) return std::nullopt;
    out.content = bytes.substr(block);
    return out;
}

}  // namespace raadspost::answer::mail
