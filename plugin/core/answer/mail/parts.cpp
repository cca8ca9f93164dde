#include "core/answer/mail/parts.hpp"

#include "core/answer/limits.hpp"
#include "core/answer/mail/charset.hpp"
#include "core/answer/mail/fields.hpp"
#include "core/answer/mail/html_text.hpp"
#include "core/answer/mail/plain_parts.hpp"
#include "core/answer/mail/shape.hpp"
#include "core/post/mime/gmime.hpp"
#include "core/shortened.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace raadspost::answer::mail {
namespace {

using post::mime::Owned;
using post::mime::OwnedText;
using post::mime::text_or_empty;

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return text;
}

std::string media_type(GMimeObject* object) {
    GMimeContentType* type = g_mime_object_get_content_type(object);
    if (type == nullptr) return "text/plain";
    const OwnedText text{g_mime_content_type_get_mime_type(type)};
    return lower(cleaned(text_or_empty(text.get())));
}

std::string parameter(GMimeObject* object, const char* name) {
    return text_or_empty(g_mime_object_get_content_type_parameter(object, name));
}

std::string file_name(GMimeObject* object) {
    if (!GMIME_IS_PART(object)) return {};
    std::string name = cleaned(text_or_empty(g_mime_part_get_filename(GMIME_PART(object))));
    if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string::npos)
        name.erase(0, slash + 1);
    std::ranges::replace(name, '\n', ' ');
    return std::string{shortened(name, limits::file_name_bytes)};
}

bool is_attached(GMimeObject* object) {
    const char* disposition = g_mime_object_get_disposition(object);
    return disposition != nullptr && lower(disposition) == "attachment";
}

std::uint64_t decoded_size(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) return 0;
    const Owned<GMimeStream> counter{g_mime_stream_null_new()};
    const gssize size = g_mime_data_wrapper_write_to_stream(content, counter.get());
    return size < 0 ? 0 : static_cast<std::uint64_t>(size);
}

// No encoding makes more octets of one, save uuencode's and base64's line ends.
constexpr std::size_t most_encoded = 4;

// The first `limit` octets, without the transfer encoding.
std::string decoded_content(std::string_view encoded, GMimeContentEncoding encoding, std::size_t limit) {
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, encoding);
    std::string decoded(g_mime_encoding_outlen(&state, encoded.size()), '\0');
    decoded.resize(g_mime_encoding_flush(&state, encoded.data(), encoded.size(), decoded.data()));
    if (decoded.size() > limit) decoded.resize(limit);
    return decoded;
}

std::string content_of(GMimePart* part, std::size_t limit) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    GMimeStream* stream = content == nullptr ? nullptr : g_mime_data_wrapper_get_stream(content);
    if (stream == nullptr) return {};
    const gint64 length = g_mime_stream_length(stream);
    if (length <= 0) return {};
    g_mime_stream_reset(stream);
    std::string encoded(std::min(static_cast<std::size_t>(length), most_encoded * limit), '\0');
    const gssize got = g_mime_stream_read(stream, encoded.data(), encoded.size());
    encoded.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return decoded_content(encoded, g_mime_data_wrapper_get_encoding(content), limit);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

// RFC 3676: a line that ends in a space goes on in the next one of the same quotation.
std::string unflowed(std::string_view text, bool delete_space) {
    std::string out;
    bool open = false;
    std::size_t quotes_before = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const std::size_t quotes = std::min(line.find_first_not_of('>'), line.size());
        std::string_view words = line.substr(quotes);
        if (words.starts_with(' ')) words.remove_prefix(1);  // stuffed
        const bool is_signature = words == "-- ";
        if (open && (quotes != quotes_before || is_signature)) out += '\n', open = false;
        if (!open) {
            out.append(quotes, '>');
            if (quotes > 0) out += ' ';
        }
        open = words.ends_with(' ') && !is_signature;
        if (open && delete_space) words.remove_suffix(1);
        out += words;
        if (!open) out += '\n';
        quotes_before = quotes;
    }
    if (open) out += '\n';
    return out;
}

// Some systems put only this sort of sentence into the plain alternative.
bool says_see_html(std::string_view text) {
    return text.size() < 400 && lower(std::string{text}).find("html") != std::string::npos;
}

std::vector<Headers> header_groups(std::string_view text) {
    std::vector<Headers> groups;
    while (!text.empty() && groups.size() < limits::status_groups) {
        const std::size_t size = header_block_size(text);
        Headers group = decoded(read_fields(text.substr(0, size)));
        if (!group.empty()) groups.push_back(std::move(group));
        text.remove_prefix(size);
    }
    return groups;
}

GMimeContentEncoding gmime_name(TransferEncoding encoding) {
    switch (encoding) {
        case TransferEncoding::identity:
            return GMIME_CONTENT_ENCODING_8BIT;
        case TransferEncoding::quoted_printable:
            return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
        case TransferEncoding::base64:
            return GMIME_CONTENT_ENCODING_BASE64;
    }
    return GMIME_CONTENT_ENCODING_DEFAULT;
}

class Walk {
public:
    Walk(Received& out, std::size_t encoded_depth) : out_{out}, encoded_depth_{encoded_depth} {}

    // `wanted`: whether its text is the writer's, or only an alternative of what was taken already.
    void visit(GMimeObject* object, std::size_t depth, bool wanted) {
        if (object == nullptr) return;
        if (depth > limits::nesting_depth || ++parts_ > limits::part_count) {
            if (!out_.unread) out_.unread = "it has too many parts, or they lie too deep";
            return;
        }
        if (GMIME_IS_MULTIPART(object))
            multipart(GMIME_MULTIPART(object), depth, wanted);
        else if (GMIME_IS_MESSAGE_PART(object))
            returned(g_mime_message_part_get_message(GMIME_MESSAGE_PART(object)), depth);
        else if (GMIME_IS_PART(object))
            leaf(object, wanted);
        else
            out_.attachments.push_back({file_name(object), media_type(object), 0});
    }

    void read(GMimeObject* object) {
        visit(object, 0, true);
        take_attached_text();
    }

    // The same of parts that were found without the parser.
    void visit(const PlainPart& part, bool wanted) {
        if (part.parts.empty()) {
            if (wanted) body(part);
        } else if (part.alternatives && wanted) {
            alternative(
                part.parts.size(),
                [&](std::size_t i) { return part.parts[i].parts.empty() && !part.parts[i].form.html; },
                [&](std::size_t i, bool also) { visit(part.parts[i], also); });
        } else {
            for (const PlainPart& each : part.parts) visit(each, wanted);
        }
    }

private:
    void multipart(GMimeMultipart* object, std::size_t depth, bool wanted) {
        const std::string type = media_type(GMIME_OBJECT(object));
        if (type == "multipart/report" && out_.report_type.empty())
            out_.report_type = lower(cleaned(parameter(GMIME_OBJECT(object), "report-type")));
        const int count = g_mime_multipart_get_count(object);
        if (count == 0 && wanted) {  // no boundary where one was promised: all of it came before the first
            const char* all = g_mime_multipart_get_prologue(object);
            if (all != nullptr) take(to_utf8(all, {}), false);
        } else if (type == "multipart/alternative" && wanted) {
            const auto at = [&](std::size_t i) {
                return g_mime_multipart_get_part(object, static_cast<int>(i));
            };
            alternative(
                static_cast<std::size_t>(count),
                [&](std::size_t i) { return media_type(at(i)) == "text/plain"; },
                [&](std::size_t i, bool also) { visit(at(i), depth + 1, also); });
        } else {
            for (int i = 0; i < count; ++i) visit(g_mime_multipart_get_part(object, i), depth + 1, wanted);
        }
    }

    // Of alternatives the plain text, where it says something; else the others as they come.
    void alternative(std::size_t count, auto&& is_plain, auto&& visit_part) {
        std::size_t plain = 0;
        while (plain < count && !is_plain(plain)) ++plain;
        bool taken = false;
        if (plain < count) {
            const std::size_t before = out_.text.size();
            visit_part(plain, true);
            const std::string_view words = std::string_view{out_.text}.substr(before);
            taken = count == 1 || (!is_blank(words) && !says_see_html(words));
            if (!taken) out_.text.resize(before);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (i == plain) continue;
            const std::size_t before = out_.text.size();
            visit_part(i, !taken);
            taken = taken || out_.text.size() > before;
        }
        if (!taken && plain < count) visit_part(plain, true);
    }

    void leaf(GMimeObject* object, bool wanted) {
        GMimePart* part = GMIME_PART(object);
        const std::string type = media_type(object);
        if (type == "message/delivery-status" || type == "message/global-delivery-status") {
            auto groups = header_groups(to_utf8(content_of(part, limits::text_bytes), {}));
            std::ranges::move(groups, std::back_inserter(out_.delivery_status));
        } else if (type == "message/disposition-notification" || type == "message/feedback-report") {
            auto groups = header_groups(to_utf8(content_of(part, limits::text_bytes), {}));
            for (Headers& group : groups) std::ranges::move(group, std::back_inserter(out_.report_fields));
        } else if (type == "text/rfc822-headers" || type == "message/rfc822-headers" ||
                   type == "message/global-headers") {
            const std::string block = content_of(part, limits::header_block_bytes);
            keep(block.substr(block.find_first_not_of("\r\n") == std::string::npos
                                  ? 0
                                  : block.find_first_not_of("\r\n")),
                 {}, true);
        } else if (type == "message/rfc822" || type == "message/global") {
            encoded_message(content_of(part, limits::message_bytes));
        } else if (is_body(object, type)) {
            if (wanted) body(object, type);
        } else {
            // Some gateways attach the only text that there is.
            if (wanted && type == "text/plain" && attached_text_.empty())
                attached_text_ = to_utf8(content_of(part, limits::text_bytes), parameter(object, "charset"));
            out_.attachments.push_back({file_name(object), type, decoded_size(part)});
        }
    }

    static bool is_body(GMimeObject* object, std::string_view type) {
        if (!type.starts_with("text/") || is_attached(object)) return false;
        if (type == "text/calendar" || type == "text/x-vcard" || type == "text/vcard" || type == "text/csv" ||
            type == "text/xml" || type == "text/rtf" || type == "text/x-amp-html")
            return false;
        return file_name(object).empty() || type == "text/plain" || type == "text/html";
    }

    void body(GMimeObject* object, std::string_view type) {
        TextForm form{type == "text/html", parameter(object, "charset"), false, false};
        if (!form.html) {
            form.flowed = lower(parameter(object, "format")) == "flowed";
            form.delete_space = lower(parameter(object, "delsp")) == "yes";
        }
        body(content_of(GMIME_PART(object), text_limit(form)), form);
    }

    static std::size_t text_limit(const TextForm& form) {
        return form.html ? limits::html_bytes : limits::text_bytes;
    }

    void body(const PlainPart& part) {
        const std::size_t limit = text_limit(part.form);
        body(decoded_content(part.content.substr(0, most_encoded * limit), gmime_name(part.encoding), limit),
             part.form);
    }

    void body(const std::string& bytes, const TextForm& form) {
        if (form.html) {
            take(html_text(to_utf8(bytes, form.charset.empty() ? html_charset(bytes) : form.charset)), true);
            return;
        }
        std::string text = to_utf8(bytes, form.charset);
        take(form.flowed ? unflowed(text, form.delete_space) : std::move(text), false);
    }

    // With nothing else to read.
    void take_attached_text() {
        if (is_blank(out_.text) && !is_blank(attached_text_)) {
            out_.text.clear();
            take(std::move(attached_text_), false);
        }
    }

    void take(std::string text, bool from_html) {
        if (!out_.text.empty() && !out_.text.ends_with('\n')) out_.text += '\n';
        if (out_.text.empty()) out_.text_from_html = from_html;
        out_.text += shortened(text, limits::text_bytes - std::min(limits::text_bytes, out_.text.size()));
    }

    // A copy that came along. Its own reports and attachments say nothing about this message.
    void returned(GMimeMessage* message, std::size_t depth) {
        if (message == nullptr || out_.returned.size() >= limits::returned_count) return;
        Received inside;
        Walk walk{inside, encoded_depth_};
        walk.parts_ = parts_;
        walk.visit(g_mime_message_get_mime_part(message), depth + 1, true);
        parts_ = walk.parts_;
        if (inside.unread && !out_.unread) out_.unread = inside.unread;
        const OwnedText block{g_mime_object_get_headers(GMIME_OBJECT(message), nullptr)};
        keep(text_or_empty(block.get()), std::move(inside.text), false);
        for (Returned& deeper : inside.returned)
            if (out_.returned.size() < limits::returned_count) out_.returned.push_back(std::move(deeper));
    }

    void encoded_message(const std::string& bytes) {
        if (encoded_depth_ >= limits::encoded_message_depth || beyond_limits(bytes)) {
            out_.unread = "a message in it goes beyond the limits";
            return;
        }
        Received inside;
        read_parts(bytes, inside, encoded_depth_ + 1);
        keep(std::string_view{bytes}.substr(0, header_block_size(bytes)), std::move(inside.text), false);
    }

    void keep(std::string_view block, std::string text, bool headers_only) {
        if (out_.returned.size() >= limits::returned_count) return;
        const std::vector<Field> fields = read_fields(block);
        Returned copy;
        copy.headers = decoded(fields);
        if (const std::string* id = find(copy.headers, "message-id"))
            if (auto ids = message_ids(*id); !ids.empty()) copy.message_id = std::move(ids.front());
        while (text.ends_with('\n')) text.pop_back();
        copy.text = shortened(text, limits::returned_text_bytes);
        copy.headers_only = headers_only;
        out_.returned.push_back(std::move(copy));
    }

    Received& out_;
    std::size_t encoded_depth_;
    std::size_t parts_ = 0;
    std::string attached_text_;
};

}  // namespace

void read_message(std::string_view bytes, Received& received) {
    post::mime::set_up();
    if (const std::optional<PlainPart> plain = plain_parts(bytes))
        Walk{received, 0}.visit(*plain, true);
    else
        read_parts(bytes, received);
}

void read_parts(std::string_view bytes, Received& received, std::size_t encoded_depth) {
    post::mime::set_up();
    const Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    const Owned<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
    const Owned<GMimeMessage> message{g_mime_parser_construct_message(parser.get(), nullptr)};
    if (!message) return;
    Walk{received, encoded_depth}.read(g_mime_message_get_mime_part(message.get()));
}

}  // namespace raadspost::answer::mail
