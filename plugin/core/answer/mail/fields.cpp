#include "core/answer/mail/fields.hpp"

#include "core/answer/limits.hpp"
#include "core/answer/mail/charset.hpp"
#include "core/answer/mail/plain_address.hpp"
#include "core/answer/mail/plain_date.hpp"
#include "core/ascii.hpp"
#include "core/letter_set.hpp"
#include "core/post/mime/gmime.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace raadspost::answer::mail {
namespace {

using post::mime::Owned;
using post::mime::OwnedText;

constexpr std::array<std::string_view, 17> for_programs = {"arc-authentication-results",
                                                           "arc-message-signature",
                                                           "arc-seal",
                                                           "authentication-results",
                                                           "content-transfer-encoding",
                                                           "content-type",
                                                           "date",
                                                           "dkim-signature",
                                                           "in-reply-to",
                                                           "message-id",
                                                           "mime-version",
                                                           "received",
                                                           "received-spf",
                                                           "references",
                                                           "return-path",
                                                           "x-ms-exchange-authentication-results",
                                                           "x-original-authentication-results"};

constexpr std::size_t name_bytes = 128;

struct FreeDate {
    void operator()(GDateTime* date) const { g_date_time_unref(date); }
};

bool is_blank(char letter) {
    return letter == ' ' || letter == '\t';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

std::string_view take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// The name before the colon, or nothing if this is no field. Old mail has blanks before the colon.
std::string_view name_of(std::string_view line) {
    std::string_view name = line.substr(0, line.find(':'));
    if (name.size() == line.size()) return {};
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
    const bool plain = std::ranges::all_of(name, [](char letter) { return letter > ' ' && letter < 0x7f; });
    return plain && name.size() <= name_bytes ? name : std::string_view{};
}

void append_value(std::string& value, std::string_view piece) {
    if (is_printable_ascii(piece)) {
        value += piece;
        return;
    }
    for (char letter : piece)
        if (letter != '\0') value += letter == '\t' || letter == '\r' ? ' ' : letter;
}

GMimeParserOptions* options() {
    static const std::unique_ptr<GMimeParserOptions, post::mime::FreeParser> made{[] {
        post::mime::set_up();
        GMimeParserOptions* fresh = g_mime_parser_options_new();
        std::array<const char*, 3> charsets = {"utf-8", "windows-1252", nullptr};
        g_mime_parser_options_set_fallback_charsets(fresh, charsets.data());
        return fresh;
    }()};
    return made.get();
}

std::string on_one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return std::string{trimmed(text)};
}

std::string cleaned_value(std::string value) {
    if (!is_printable_ascii(value)) return on_one_line(cleaned(value));
    return trimmed(value).size() == value.size() ? std::move(value) : std::string{trimmed(value)};
}

// Of one that holds encoded words.
std::string decoded_value(const std::string& value) {
    const OwnedText decoded{g_mime_utils_header_decode_text(options(), value.c_str())};
    return on_one_line(cleaned(post::mime::text_or_empty(decoded.get())));
}

std::string lower_domain(std::string address) {
    const std::size_t at = address.rfind('@');
    if (at != std::string::npos)
        address.replace(at, std::string::npos, lowered(std::string_view{address}.substr(at)));
    return address;
}

void append(std::vector<Address>& out, InternetAddressList* list) {
    const int count = list == nullptr ? 0 : internet_address_list_length(list);
    for (int i = 0; i < count && out.size() < limits::address_count; ++i) {
        InternetAddress* each = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(each)) {
            append(out, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(each)));
            continue;
        }
        const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(each));
        if (address == nullptr || *address == '\0') continue;
        std::string name = on_one_line(cleaned(post::mime::text_or_empty(internet_address_get_name(each))));
        out.push_back({std::move(name), lower_domain(on_one_line(cleaned(address)))});
    }
}

// What GMime gives up on, for example a display name with a bare comma or colon: the text in angle brackets.
void append_in_brackets(std::vector<Address>& out, std::string_view value) {
    for (std::size_t open = 0; out.size() < limits::address_count;) {
        open = value.find('<', open);
        const std::size_t close = open == std::string_view::npos ? open : value.find('>', open);
        if (close == std::string_view::npos) return;
        const std::string_view inside = trimmed(value.substr(open + 1, close - open - 1));
        if (inside.find('@') != std::string_view::npos &&
            inside.find_first_of(" \t<") == std::string_view::npos)
            out.push_back({{}, lower_domain(on_one_line(cleaned(inside)))});
        open = close;
    }
}

}  // namespace

std::vector<Field> read_fields(std::string_view bytes) {
    constexpr std::size_t often = 32;  // or less
    std::vector<Field> fields;
    fields.reserve(often);
    bool continues = false;
    while (!bytes.empty()) {
        const std::string_view line = take_line(bytes);
        if (line.empty()) break;
        if (is_blank(line.front())) {
            if (!continues) continue;
            fields.back().value += ' ';
            append_value(fields.back().value, trimmed(line));
            continue;
        }
        const std::string_view name = name_of(line);
        continues = !name.empty() && fields.size() < limits::header_count;
        if (!continues) continue;
        Field field;
        field.name = lowered(name);
        append_value(field.value, trimmed(line.substr(line.find(':') + 1)));
        fields.push_back(std::move(field));
    }
    return fields;
}

std::string structure_fields(std::string_view header_block) {
    std::string kept;
    bool continues = false;
    while (!header_block.empty()) {
        const std::string_view line = take_line(header_block);
        if (line.empty()) break;
        if (!is_blank(line.front())) {
            continues = false;
            if (std::string_view{"CcMm"}.find(line.front()) != std::string_view::npos) {
                const std::string name = lowered(line.substr(0, 13));
                continues = name.starts_with("content-") || name.starts_with("mime-version");
            }
        }
        if (continues) (kept += line) += '\n';
    }
    return kept + '\n';
}

std::size_t header_block_size(std::string_view bytes) {
    std::string_view rest = bytes;
    while (!rest.empty())
        if (take_line(rest).empty()) break;
    return bytes.size() - rest.size();
}

Headers decoded(std::vector<Field> fields) {
    Headers headers;
    headers.reserve(fields.size());
    for (Field& each : fields) {
        const bool encoded = each.value.find("=?") != std::string::npos &&
                             !std::ranges::binary_search(for_programs, each.name);
        std::string value = encoded ? decoded_value(each.value) : cleaned_value(std::move(each.value));
        headers.push_back({std::move(each.name), std::move(value)});
    }
    return headers;
}

std::vector<Address> parsed_addresses(const std::string& value) {
    std::vector<Address> out;
    if (const Owned<InternetAddressList> list{internet_address_list_parse(options(), value.c_str())})
        append(out, list.get());
    if (out.empty()) append_in_brackets(out, value);
    return out;
}

std::vector<Address> addresses(const std::vector<Field>& fields, std::string_view name) {
    std::vector<Address> out;
    for (const Field& each : fields) {
        if (each.name != name || each.value.empty()) continue;
        if (std::optional<Address> plain = plain_address(each.value)) {
            plain->address = lower_domain(std::move(plain->address));
            out.push_back(std::move(*plain));
        } else {
            std::ranges::move(parsed_addresses(each.value), std::back_inserter(out));
        }
        if (out.size() > limits::address_count) out.resize(limits::address_count);
    }
    return out;
}

std::vector<std::string> message_ids(std::string_view value) {
    constexpr LetterSet brackets{"<>"};
    std::vector<std::string> ids;
    const auto keep = [&ids](std::string_view id) {
        id = trimmed(id);
        if (!id.empty() && ids.size() < limits::reference_count) ids.push_back(on_one_line(cleaned(id)));
    };
    if (value.find('<') == std::string_view::npos) {
        while (!(value = trimmed(value)).empty()) {
            const std::string_view word = value.substr(0, value.find_first_of(" \t,"));
            if (word.find('@') != std::string_view::npos) keep(word);
            value.remove_prefix(std::min(value.size(), word.size() + 1));
        }
        return ids;
    }
    for (std::size_t open = value.find('<'); open != std::string_view::npos;) {
        const std::size_t close = brackets.first_in(value, open + 1);
        keep(value.substr(open + 1, close - open - 1));
        open = value.find('<', close);
    }
    return ids;
}

std::optional<WrittenAt> date(const std::string& value) {
    const std::optional<WrittenAt> plain = plain_date(value);
    return plain ? plain : parsed_date(value);
}

std::optional<WrittenAt> parsed_date(const std::string& value) {
    post::mime::set_up();
    const std::unique_ptr<GDateTime, FreeDate> read{g_mime_utils_header_decode_date(value.c_str())};
    if (!read) return std::nullopt;
    return WrittenAt{std::chrono::sys_seconds{std::chrono::seconds{g_date_time_to_unix(read.get())}},
                     static_cast<int>(g_date_time_get_utc_offset(read.get()) / G_TIME_SPAN_MINUTE)};
}

}  // namespace raadspost::answer::mail
