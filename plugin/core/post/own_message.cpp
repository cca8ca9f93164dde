#include "core/post/own_message.hpp"

#include "core/post/limits.hpp"
#include "core/post/mime/gmime.hpp"

namespace raadspost::post {
namespace {

using mime::Owned;

std::string content_of(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) return {};
    const Owned<GMimeStream> memory{g_mime_stream_mem_new()};
    if (g_mime_data_wrapper_write_to_stream(content, memory.get()) < 0) return {};
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

void visit(GMimeObject* object, std::size_t depth, OwnMessage& message) {
    if (object == nullptr || depth > limits::nesting_depth) return;
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart* multipart = GMIME_MULTIPART(object);
        for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
            visit(g_mime_multipart_get_part(multipart, i), depth + 1, message);
        return;
    }
    if (!GMIME_IS_PART(object)) return;
    GMimePart* part = GMIME_PART(object);
    if (g_mime_part_is_attachment(part)) {
        const mime::OwnedText type{g_mime_content_type_get_mime_type(g_mime_object_get_content_type(object))};
        message.attachments.push_back({mime::text_or_empty(g_mime_part_get_filename(part)),
                                       mime::text_or_empty(type.get()), content_of(part)});
    } else if (GMIME_IS_TEXT_PART(object)) {
        const mime::OwnedText text{g_mime_text_part_get_text(GMIME_TEXT_PART(object))};
        const bool is_html =
            g_mime_content_type_is_type(g_mime_object_get_content_type(object), "text", "html");
        std::string& place = is_html ? message.html : message.text;
        place = mime::text_or_empty(text.get());
        std::erase(place, '\r');
    }
}

}  // namespace

Result<OwnMessage> unpack_own_message(std::string_view bytes) {
    mime::set_up();
    const Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    const Owned<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
    const Owned<GMimeMessage> parsed{g_mime_parser_construct_message(parser.get(), nullptr)};
    GMimeObject* body = parsed ? g_mime_message_get_mime_part(parsed.get()) : nullptr;
    OwnMessage message;
    if (body != nullptr) visit(body, 0, message);
    if (message.html.empty() && message.text.empty())
        return Problem{"message_unreadable", {}, {}, "There is no message in these bytes."};
    message.subject = mime::text_or_empty(g_mime_message_get_subject(parsed.get()));
    return message;
}

}  // namespace raadspost::post
