#include "core/post/readable.hpp"

#include <algorithm>

#include "core/ascii.hpp"
#include "core/post/limits.hpp"
#include "core/post/mime/gmime.hpp"

namespace raadspost::post {
namespace {

using mime::Owned;

Problem unreadable(std::string id, std::string why) {
    return Problem{
        std::move(id), {}, {}, "The message cannot be shown: " + why + "; its raw text can be downloaded."};
}

std::size_t header_block(std::string_view bytes) {
    std::size_t end = std::string_view::npos;
    for (const std::string_view blank : {"\r\n\r\n", "\n\n"}) end = std::min(end, bytes.find(blank));
    return std::min(end, bytes.size());
}

std::string without_folder(std::string name) {
    if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string::npos)
        name.erase(0, slash + 1);
    std::erase_if(name,
                  [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; });
    return name;
}

std::string shortened(std::string text) {
    if (text.size() <= limits::shown_text_bytes) return text;
    // Not in the middle of a letter.
    std::size_t end = limits::shown_text_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

std::size_t decoded_size(GMimePart* part) {
    GMimeDataWrapper* content = g_mime_part_get_content(part);
    if (content == nullptr) return 0;
    const Owned<GMimeStream> counter{g_mime_stream_null_new()};
    const gssize size = g_mime_data_wrapper_write_to_stream(content, counter.get());
    return size < 0 ? 0 : static_cast<std::size_t>(size);
}

class Reading {
public:
    bool within_limits() const { return within_limits_; }

    void visit(GMimeObject* object, std::size_t depth) {
        if (object == nullptr) return;
        if (depth > limits::nesting_depth || result.parts.size() >= limits::part_count) {
            within_limits_ = false;
            return;
        }
        if (GMIME_IS_MULTIPART(object)) {
            GMimeMultipart* multipart = GMIME_MULTIPART(object);
            const int count = g_mime_multipart_get_count(multipart);
            for (int i = 0; i < count && within_limits_; ++i)
                visit(g_mime_multipart_get_part(multipart, i), depth + 1);
            return;
        }
        leaf(object);
    }

    Readable result;

private:
    void leaf(GMimeObject* object) {
        ReadablePart part{"message/rfc822", {}, 0};
        if (GMimeContentType* type = g_mime_object_get_content_type(object); type != nullptr) {
            const mime::OwnedText text{g_mime_content_type_get_mime_type(type)};
            part.media_type = lowered(mime::text_or_empty(text.get()));
        }
        if (GMIME_IS_PART(object)) {
            part.file_name =
                without_folder(mime::text_or_empty(g_mime_part_get_filename(GMIME_PART(object))));
            part.bytes = decoded_size(GMIME_PART(object));
        }
        const bool is_text = GMIME_IS_TEXT_PART(object) && part.media_type == "text/plain";
        if (is_text && !has_text_ && !g_mime_part_is_attachment(GMIME_PART(object))) {
            const mime::OwnedText text{g_mime_text_part_get_text(GMIME_TEXT_PART(object))};
            result.text = mime::text_or_empty(text.get());
            std::erase(result.text, '\r');
            result.text = shortened(std::move(result.text));
            has_text_ = true;
        }
        result.parts.push_back(std::move(part));
    }

    bool within_limits_ = true;
    bool has_text_ = false;
};

// GMime keeps the headers of the content apart from those of the message.
bool has_headers(GMimeMessage* message) {
    const auto any = [](GMimeObject* object) {
        return object != nullptr && g_mime_header_list_get_count(g_mime_object_get_header_list(object)) > 0;
    };
    return any(GMIME_OBJECT(message)) || any(g_mime_message_get_mime_part(message));
}

std::string addresses(InternetAddressList* list) {
    if (list == nullptr) return {};
    const mime::OwnedText text{internet_address_list_to_string(list, nullptr, FALSE)};
    return mime::text_or_empty(text.get());
}

}  // namespace

Result<Readable> read_readable(std::string_view bytes) {
    if (bytes.empty()) return unreadable("message_unreadable", "it is empty");
    if (bytes.size() > limits::message_bytes) return unreadable("message_too_large", "it is too large");
    if (header_block(bytes) > limits::header_block_bytes)
        return unreadable("message_too_large", "its headers are too large");
    mime::set_up();

    const Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    const Owned<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
    const Owned<GMimeMessage> message{g_mime_parser_construct_message(parser.get(), nullptr)};
    if (!message || !has_headers(message.get()))
        return unreadable("message_unreadable", "it does not begin as a message does");

    Reading reading;
    Readable& result = reading.result;
    result.subject = mime::text_or_empty(g_mime_message_get_subject(message.get()));
    result.from = addresses(g_mime_message_get_from(message.get()));
    result.to = addresses(g_mime_message_get_to(message.get()));
    result.date = mime::text_or_empty(g_mime_object_get_header(GMIME_OBJECT(message.get()), "Date"));
    result.message_id = mime::text_or_empty(g_mime_message_get_message_id(message.get()));
    reading.visit(g_mime_message_get_mime_part(message.get()), 0);
    if (!reading.within_limits())
        return unreadable("message_too_large", "it has too many parts or they lie too deep");
    return std::move(result);
}

}  // namespace raadspost::post
