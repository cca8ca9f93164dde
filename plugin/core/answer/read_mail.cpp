#include "core/answer/read_mail.hpp"

#include "core/answer/limits.hpp"
#include "core/answer/mail/charset.hpp"
#include "core/answer/mail/fields.hpp"
#include "core/answer/mail/parts.hpp"
#include "core/answer/mail/shape.hpp"

#include <algorithm>
#include <iterator>

namespace raadspost::answer {
namespace {

using mail::Field;

// Octets that mail programs and archives put before the first header: a byte order mark, empty lines.
std::string_view without_lead(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
    return bytes;
}

// LF for every line end, as GMime loses letters where both kinds are mixed. A lone CR is a line end only
// where no LF is anywhere near, as in mail of old Macs and some gateways.
std::string with_line_feeds(std::string_view bytes) {
    std::string out;
    if (bytes.substr(0, limits::header_block_bytes).find('\n') == std::string_view::npos) {
        out = bytes;
        std::ranges::replace(out, '\r', '\n');
        return out;
    }
    out.reserve(bytes.size());
    std::size_t taken = 0;
    for (std::size_t at = bytes.find("\r\n"); at != std::string_view::npos; at = bytes.find("\r\n", taken)) {
        out += bytes.substr(taken, at - taken);
        taken = at + 1;
    }
    out += bytes.substr(taken);
    return out;
}

const std::string* value_of(const std::vector<Field>& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &found->value;
}

void append_ids(std::vector<std::string>& out, std::vector<std::string> ids) {
    for (std::string& id : ids)
        if (std::ranges::find(out, id) == out.end()) out.push_back(std::move(id));
}

void read_envelope(std::vector<Field> fields, Received& out) {
    if (const std::string* id = value_of(fields, "message-id"))
        if (auto ids = mail::message_ids(*id); !ids.empty()) out.message_id = std::move(ids.front());
    if (const std::string* before = value_of(fields, "in-reply-to"))
        append_ids(out.answers_to, mail::message_ids(*before));
    if (const std::string* thread = value_of(fields, "references")) {
        auto ids = mail::message_ids(*thread);
        std::ranges::reverse(ids);
        append_ids(out.answers_to, std::move(ids));
    }
    out.from = mail::addresses(fields, "from");
    out.reply_to = mail::addresses(fields, "reply-to");
    for (const std::string_view name : {"to", "cc", "delivered-to", "x-original-to"})
        std::ranges::move(mail::addresses(fields, name), std::back_inserter(out.recipients));
    if (out.recipients.size() > limits::address_count) out.recipients.resize(limits::address_count);
    if (const std::string* path = value_of(fields, "return-path")) {
        auto ids = mail::message_ids(*path);
        out.return_path = ids.empty() ? std::string{} : std::move(ids.front());
    }
    if (const std::string* date = value_of(fields, "date"))
        if (const auto written = mail::date(*date)) {
            out.date = written->time;
            out.utc_offset_minutes = written->utc_offset_minutes;
        }
    out.headers = mail::decoded(std::move(fields));
    if (const std::string* subject = find(out.headers, "subject")) out.subject = *subject;
}

}  // namespace

Received read_mail(std::string_view bytes) {
    Received out;
    bytes = without_lead(bytes);
    if (bytes.size() > limits::message_bytes) bytes = bytes.substr(0, limits::message_bytes + 1);
    std::string own;
    if (bytes.size() <= limits::message_bytes && bytes.find('\r') != std::string_view::npos)
        bytes = own = with_line_feeds(bytes);
    const std::size_t block = mail::header_block_size(bytes.substr(0, limits::header_block_bytes + 1));
    read_envelope(mail::read_fields(bytes.substr(0, std::min(block, limits::header_block_bytes))), out);
    out.unread = mail::beyond_limits(bytes);
    if (out.unread) return out;
    if (out.headers.empty())  // no message as RFC 5322 has it: somebody's text is better than nothing
        out.text = mail::to_utf8(bytes.substr(0, limits::text_bytes), {});
    else  // GMime needs of the headers only what tells the parts; the rest of them costs half of its time
        mail::read_message(mail::structure_fields(bytes.substr(0, block)).append(bytes.substr(block)), out);
    while (out.text.ends_with('\n')) out.text.pop_back();
    if (!out.text.empty()) out.text += '\n';
    return out;
}

}  // namespace raadspost::answer
