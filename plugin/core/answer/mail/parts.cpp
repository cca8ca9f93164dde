#include "core/answer/mail/parts.hpp"

#include "core/answer/limits.hpp"
#include "core/answer/mail/charset.hpp"
#include "core/answer/mail/fields.hpp"
#include "core/answer/mail/flowed_text.hpp"
#include "core/answer/mail/html_text.hpp"
#include "core/answer/mail/plain_parts.hpp"
#include "core/answer/mail/shape.hpp"
#include "core/answer/mail/transfer.hpp"
#include "core/ascii.hpp"
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

std::string media_type(GMimeObject* object) {
    GMimeContentType* type = g_mime_object_get_content_type(object);
    if (type == nullptr) return "text/plain";
    const OwnedText text{g_mime_content_type_get_mime_type(type)};
    return lowered(cleaned(text_or_empty(text.get())));
}

std::string parameter(GMimeObject* object, const char* name) {
    return text_or_empty(g_mime_object_get_content_type_parameter(object, name));
}

// What a sender calls an attachment, without the folders before it.
std::string bare_name(std::string name) {
    if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string::npos)
        name.erase(0, slash + 1);
    std::ranges::replace(name, '\n', ' ');
    return std::string{shortened(name, limits::file_name_bytes)};
}

// What of a text part decides how it is read (RFC 2045 5.1, RFC 3676 4).
struct TextForm {
    bool html = false;
    std::string charset;
    bool flowed = false;
    bool delete_space = false;
};

// A part that is no multipart and no message, as the parser found it, and as plain_parts did: both answer the
// same questions.
class ParsedLeaf {
public:
    explicit ParsedLeaf(GMimeObject* object) : object_{object}, media_{media_type(object)} {}

    const std::string& media() const { return media_; }

    std::string name() const {
        if (!GMIME_IS_PART(object_)) return {};
        return bare_name(cleaned(text_or_empty(g_mime_part_get_filename(GMIME_PART(object_)))));
    }

    bool attached() const {
        const char* disposition = g_mime_object_get_disposition(object_);
        return disposition != nullptr && lowered(disposition) == "attachment";
    }

    std::string charset() const { return parameter(object_, "charset"); }

    TextForm form() const {
        return {media_ == "text/html", charset(), lowered(parameter(object_, "format")) == "flowed",
                lowered(parameter(object_, "delsp")) == "yes"};
    }

    std::uint64_t size() const {
        GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(object_));
        if (content == nullptr) return 0;
        const Owned<GMimeStream> counter{g_mime_stream_null_new()};
        const gssize size = g_mime_data_wrapper_write_to_stream(content, counter.get());
        return size < 0 ? 0 : static_cast<std::uint64_t>(size);
    }

    // The first `limit` octets.
    std::string content(std::size_t limit) const {
        GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(object_));
        GMimeStream* stream = content == nullptr ? nullptr : g_mime_data_wrapper_get_stream(content);
        if (stream == nullptr) return {};
        const gint64 length = g_mime_stream_length(stream);
        if (length <= 0) return {};
        g_mime_stream_reset(stream);
        std::string encoded(std::min(static_cast<std::size_t>(length), most_encoded * limit), '\0');
        const gssize got = g_mime_stream_read(stream, encoded.data(), encoded.size());
        encoded.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
        return decoded_content(encoded, encoding(content), limit);
    }

private:
    static TransferEncoding encoding(GMimeDataWrapper* content) {
        switch (g_mime_data_wrapper_get_encoding(content)) {
            case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
                return TransferEncoding::quoted_printable;
            case GMIME_CONTENT_ENCODING_BASE64:
                return TransferEncoding::base64;
            case GMIME_CONTENT_ENCODING_UUENCODE:
                return TransferEncoding::uuencode;
            default:
                return TransferEncoding::identity;
        }
    }

    GMimeObject* object_;
    std::string media_;
};

class PlainLeaf {
public:
    explicit PlainLeaf(const PlainPart& part) : part_{part} {}

    const std::string& media() const { return part_.header.media; }
    std::string name() const { return bare_name(part_.header.file_name); }
    bool attached() const { return part_.header.attached; }
    const std::string& charset() const { return part_.header.charset; }
    TextForm form() const {
        return {media() == "text/html", charset(), part_.header.flowed, part_.header.delete_space};
    }
    std::uint64_t size() const { return decoded_size(part_.content, part_.header.encoding); }
    std::string content(std::size_t limit) const {
        return decoded_content(part_.content.substr(0, most_encoded * limit), part_.header.encoding, limit);
    }

private:
    const PlainPart& part_;
};

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

// Some systems put only this sort of sentence into the plain alternative.
bool says_see_html(std::string_view text) {
    return text.size() < 400 && lowered(std::string{text}).find("html") != std::string::npos;
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
            leaf(ParsedLeaf{object}, wanted);
        else
            out_.attachments.push_back({{}, media_type(object), 0});
    }

    // The same of parts that were found without the parser, and are fewer than the limits.
    void visit(const PlainPart& part, bool wanted) {
        if (part.parts.empty())
            leaf(PlainLeaf{part}, wanted);
        else if (part.header.media == "message/rfc822")
            returned(part.parts.front());
        else
            multipart(part, wanted);
    }

    // With nothing else to read.
    void take_attached_text() {
        if (is_blank(out_.text) && !is_blank(attached_text_)) {
            out_.text.clear();
            take(std::move(attached_text_), false);
        }
    }

private:
    void multipart(GMimeMultipart* object, std::size_t depth, bool wanted) {
        const std::string type = media_type(GMIME_OBJECT(object));
        if (type == "multipart/report" && out_.report_type.empty())
            out_.report_type = lowered(cleaned(parameter(GMIME_OBJECT(object), "report-type")));
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

    void multipart(const PlainPart& whole, bool wanted) {
        if (whole.header.media == "multipart/report" && out_.report_type.empty())
            out_.report_type = whole.header.report_type;
        if (whole.header.media == "multipart/alternative" && wanted) {
            alternative(
                whole.parts.size(),
                [&](std::size_t i) { return whole.parts[i].header.media == "text/plain"; },
                [&](std::size_t i, bool also) { visit(whole.parts[i], also); });
        } else {
            for (const PlainPart& each : whole.parts) visit(each, wanted);
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

    void leaf(const auto& part, bool wanted) {
        const std::string& type = part.media();
        if (type == "message/delivery-status" || type == "message/global-delivery-status") {
            auto groups = header_groups(to_utf8(part.content(limits::text_bytes), {}));
            std::ranges::move(groups, std::back_inserter(out_.delivery_status));
        } else if (type == "message/disposition-notification" || type == "message/feedback-report") {
            auto groups = header_groups(to_utf8(part.content(limits::text_bytes), {}));
            for (Headers& group : groups) std::ranges::move(group, std::back_inserter(out_.report_fields));
        } else if (type == "text/rfc822-headers" || type == "message/rfc822-headers" ||
                   type == "message/global-headers") {
            const std::string block = part.content(limits::header_block_bytes);
            const std::size_t begin = block.find_first_not_of("\r\n");
            keep(std::string_view{block}.substr(begin == std::string::npos ? 0 : begin), {}, true);
        } else if (type == "message/rfc822" || type == "message/global") {
            encoded_message(part.content(limits::message_bytes));
        } else if (is_body(part)) {
            if (wanted) body(part);
        } else {
            // Some gateways attach the only text that there is.
            if (wanted && type == "text/plain" && attached_text_.empty())
                attached_text_ = to_utf8(part.content(limits::text_bytes), part.charset());
            out_.attachments.push_back({part.name(), type, part.size()});
        }
    }

    static bool is_body(const auto& part) {
        const std::string& type = part.media();
        if (!type.starts_with("text/") || part.attached()) return false;
        if (type == "text/calendar" || type == "text/x-vcard" || type == "text/vcard" || type == "text/csv" ||
            type == "text/xml" || type == "text/rtf" || type == "text/x-amp-html")
            return false;
        return type == "text/plain" || type == "text/html" || part.name().empty();
    }

    void body(const auto& part) {
        const TextForm form = part.form();
        body(part.content(form.html ? limits::html_bytes : limits::text_bytes), form);
    }

    void body(const std::string& bytes, const TextForm& form) {
        if (form.html) {
            take(html_text(to_utf8(bytes, form.charset.empty() ? html_charset(bytes) : form.charset)), true);
            return;
        }
        std::string text = to_utf8(bytes, form.charset);
        take(form.flowed ? unflowed(text, form.delete_space) : std::move(text), false);
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
        keep_with_those_in_it(text_or_empty(block.get()), std::move(inside));
    }

    void returned(const PlainPart& message) {
        if (out_.returned.size() >= limits::returned_count) return;
        Received inside;
        Walk{inside, encoded_depth_}.visit(message, true);
        keep_with_those_in_it(message.block, std::move(inside));
    }

    void keep_with_those_in_it(std::string_view block, Received inside) {
        keep(block, std::move(inside.text), false);
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
        Returned copy;
        copy.headers = decoded(read_fields(block));
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
    if (const std::optional<PlainPart> plain = plain_parts(bytes)) {
        Walk walk{received, 0};
        walk.visit(*plain, true);
        walk.take_attached_text();
    } else {
        read_parts(bytes, received);
    }
}

void read_parts(std::string_view bytes, Received& received, std::size_t encoded_depth) {
    post::mime::set_up();
    const Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    const Owned<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
    const Owned<GMimeMessage> message{g_mime_parser_construct_message(parser.get(), nullptr)};
    if (!message) return;
    Walk walk{received, encoded_depth};
    walk.visit(g_mime_message_get_mime_part(message.get()), 0, true);
    walk.take_attached_text();
}

}  // namespace raadspost::answer::mail
