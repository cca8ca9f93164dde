// Received mail, read, and what its hash says: whatever came in, what goes out is UTF-8 for people to read
// and within its limits, one message is one however its lines end, and the short way through plain parts
// leads to where the parser does.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/answer/canonical.hpp"
#include "core/answer/limits.hpp"
#include "core/answer/mail/charset.hpp"
#include "core/answer/mail/fields.hpp"
#include "core/answer/mail/parts.hpp"
#include "core/answer/mail/plain_address.hpp"
#include "core/answer/mail/plain_date.hpp"
#include "core/answer/mail/plain_parts.hpp"
#include "core/answer/mail/shape.hpp"
#include "core/answer/read_mail.hpp"

using namespace raadspost;
using namespace raadspost::answer;

namespace {

void check_text(const std::string& text) {
    if (mail::cleaned(text) != text) std::abort();  // clean already
}

void check_headers(const Headers& headers) {
    if (headers.size() > limits::header_count) std::abort();
    for (const Header& each : headers) {
        check_text(each.value);
        if (each.value.find('\n') != std::string::npos) std::abort();
    }
}

// A message whose parts are plain is read without the parser: with it the same comes out.
void check_plain_parts(std::string_view message) {
    if (message.find("\r\n") != std::string_view::npos || mail::beyond_limits(message)) return;
    const std::size_t block = mail::header_block_size(message);
    const std::string bytes = mail::structure_fields(message.substr(0, block)).append(message.substr(block));
    if (!mail::plain_parts(bytes)) return;
    Received quick, parsed;
    mail::read_message(bytes, quick);
    mail::read_parts(bytes, parsed);
    if (quick.text != parsed.text || quick.text_from_html != parsed.text_from_html) std::abort();
    if (quick.report_type != parsed.report_type || quick.delivery_status != parsed.delivery_status)
        std::abort();
    if (quick.report_fields != parsed.report_fields || quick.returned != parsed.returned) std::abort();
    if (quick.attachments != parsed.attachments || quick.unread != parsed.unread) std::abort();
}

// So is an address in its plain form.
void check_addresses(std::string_view message) {
    for (const mail::Field& field :
         mail::read_fields(message.substr(0, std::min(message.size(), limits::header_block_bytes)))) {
        const std::optional<Address> plain = mail::plain_address(field.value);
        if (!plain) continue;
        const std::vector<Address> quick = mail::addresses({{"from", field.value}}, "from"),
                                   parsed = mail::parsed_addresses(field.value);
        if (quick.size() != 1 || quick != parsed) std::abort();
    }
}

// And a date.
void check_dates(std::string_view message) {
    for (const mail::Field& field :
         mail::read_fields(message.substr(0, std::min(message.size(), limits::header_block_bytes)))) {
        const std::optional<mail::WrittenAt> plain = mail::plain_date(field.value);
        if (!plain) continue;
        const std::optional<mail::WrittenAt> parsed = mail::parsed_date(field.value);
        if (!parsed || parsed->time != plain->time || parsed->utc_offset_minutes != plain->utc_offset_minutes)
            std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view message{reinterpret_cast<const char*>(bytes), size};
    const Received read = read_mail(message);
    check_headers(read.headers);
    check_text(read.subject);
    check_text(read.text);
    if (read.text.size() > limits::text_bytes + 1) std::abort();
    if (!read.text.empty() && !read.text.ends_with('\n')) std::abort();
    for (const Headers& group : read.delivery_status) check_headers(group);
    if (read.returned.size() > limits::returned_count) std::abort();
    for (const Returned& copy : read.returned) {
        check_headers(copy.headers);
        check_text(copy.text);
    }
    for (const Address& each : read.from) check_text(each.name + each.address);
    for (const Attachment& each : read.attachments) {
        check_text(each.name);
        if (each.name.size() > limits::file_name_bytes ||
            each.name.find_first_of("/\\\n") != std::string::npos)
            std::abort();
    }
    check_plain_parts(message);
    check_addresses(message);
    check_dates(message);

    std::string with_crlf;
    for (std::size_t i = 0; i < message.size(); ++i) {
        if (message[i] == '\n' && (i == 0 || message[i - 1] != '\r')) with_crlf += '\r';
        with_crlf += message[i];
    }
    if (canonical_hash(with_crlf) != canonical_hash(message)) std::abort();
    return 0;
}
