#include "core/public_pages/form.hpp"

#include "core/appeal/escape.hpp"
#include "core/ascii.hpp"
#include "core/public_pages/limits.hpp"

#include <algorithm>
#include <optional>

namespace raadspost::public_pages {
namespace {

Problem unreadable() {
    return {"form_unreadable", {}, {}, "The form was not sent as a browser sends it; open the page again."};
}
Problem too_large() {
    return {"form_too_large", {}, {}, "The form is larger than any that was filled in by hand."};
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// `; name=value` or `; name="value"`: the value of the one parameter asked for.
std::optional<std::string> parameter(std::string_view header, std::string_view wanted) {
    std::optional<std::string> found;
    std::size_t at = header.find(';');
    while (at != std::string_view::npos && at < header.size()) {
        header = trimmed(header.substr(at + 1));
        const std::size_t equals = header.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string name = lowered(trimmed(header.substr(0, equals)));
        header = trimmed(header.substr(equals + 1));
        std::string value;
        if (header.starts_with('"')) {
            std::size_t end = 1;
            for (; end < header.size() && header[end] != '"'; ++end) {
                if (header[end] == '\\' && end + 1 < header.size()) ++end;
                value += header[end];
            }
            if (end >= header.size()) return std::nullopt;
            at = header.find(';', end);
        } else {
            at = header.find(';');
            value = trimmed(header.substr(0, at));
        }
        if (name != wanted) continue;
        if (found) return std::nullopt;
        found = std::move(value);
    }
    return found;
}

int hex(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            out += ' ';
        } else if (text[i] == '%') {
            if (i + 2 >= text.size() || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) return std::nullopt;
            out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool fits(const Form& form, std::string_view name, std::string_view value) {
    return form.fields.size() < limits::field_count && name.size() <= limits::field_name_bytes &&
           value.size() <= limits::field_value_bytes;
}

bool is_text(std::string_view text) {
    return appeal::is_utf8(text) && text.find('\0') == std::string_view::npos;
}

Result<Form> read_urlencoded(std::string_view body) {
    Form form;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('&'), body.size());
        const std::string_view pair = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = unescaped(pair.substr(0, equals));
        auto value = unescaped(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value || name->empty() || !is_text(*name) || !is_text(*value)) return unreadable();
        if (!fits(form, *name, *value)) return too_large();
        form.fields.emplace_back(std::move(*name), std::move(*value));
    }
    return form;
}

// The name in `Content-Disposition: form-data; name="..."`; nothing if the part is anything else.
std::optional<std::string> name_of_part(std::string_view headers) {
    std::optional<std::string> name;
    while (!headers.empty()) {
        const std::size_t end = std::min(headers.find("\r\n"), headers.size());
        const std::string_view line = headers.substr(0, end);
        headers.remove_prefix(std::min(end + 2, headers.size()));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        if (lowered(trimmed(line.substr(0, colon))) != "content-disposition") continue;
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (name || lowered(trimmed(value.substr(0, value.find(';')))) != "form-data") return std::nullopt;
        if (parameter(value, "filename") || parameter(value, "filename*")) return std::nullopt;
        name = parameter(value, "name");
        if (!name) return std::nullopt;
    }
    return name;
}

Result<Form> read_multipart(std::string_view body, std::string_view boundary) {
    if (boundary.empty() || boundary.size() > limits::boundary_bytes) return unreadable();
    const std::string opening = "--" + std::string{boundary}, closing = "\r\n" + opening;
    if (!body.starts_with(opening)) return unreadable();  // browsers and mail clients send no preamble
    body.remove_prefix(opening.size());
    Form form;
    while (!body.starts_with("--")) {
        if (!body.starts_with("\r\n")) return unreadable();
        const std::size_t blank = body.find("\r\n\r\n");
        if (blank == std::string_view::npos) return unreadable();
        if (blank > limits::part_header_bytes) return too_large();
        auto name = name_of_part(blank == 0 ? std::string_view{} : body.substr(2, blank - 2));
        body.remove_prefix(blank + 4);
        const std::size_t end = body.find(closing);
        if (!name || name->empty() || end == std::string_view::npos) return unreadable();
        const std::string_view value = body.substr(0, end);
        if (!is_text(*name) || !is_text(value)) return unreadable();
        if (!fits(form, *name, value)) return too_large();
        form.fields.emplace_back(std::move(*name), value);
        body.remove_prefix(end + closing.size());
    }
    body.remove_prefix(2);
    if (!body.empty() && body != "\r\n") return unreadable();
    return form;
}

}  // namespace

bool Form::has(std::string_view name) const {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; });
}

std::string_view Form::one(std::string_view name) const {
    const auto found = all(name);
    return found.size() == 1 ? found.front() : std::string_view{};
}

std::vector<std::string_view> Form::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [each, value] : fields)
        if (each == name) values.emplace_back(value);
    return values;
}

Result<Form> read_form(std::string_view content_type, std::string_view body) {
    if (body.size() > limits::body_bytes) return too_large();
    if (body.empty()) return Form{};
    const std::string type = lowered(trimmed(content_type.substr(0, content_type.find(';'))));
    if (type == "application/x-www-form-urlencoded") return read_urlencoded(body);
    if (type == "multipart/form-data")
        if (const auto boundary = parameter(content_type, "boundary")) return read_multipart(body, *boundary);
    return unreadable();
}

bool is_one_click(const Form& form) {
    return form.fields.size() == 1 && form.fields.front().first == "List-Unsubscribe" &&
           form.fields.front().second == "One-Click";
}

}  // namespace raadspost::public_pages
