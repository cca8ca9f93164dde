#include "core/post/mime/body.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <string_view>

#include "core/post/mime/gmime.hpp"
#include "core/post/mime/parameter.hpp"

namespace raadspost::post::mime {

namespace {

// The same message id always gives the same boundary. "=_" cannot occur in quoted-printable or base64 (RFC
// 2045 6.7).
std::string boundary(const Mail& mail, char level) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    ::SHA256(reinterpret_cast<const unsigned char*>(mail.message_id.data()), mail.message_id.size(), digest);
    std::string text = {'=', '_', level, '_'};
    for (int i = 0; i < 12; ++i) {
        text += "0123456789abcdef"[digest[i] >> 4];
        text += "0123456789abcdef"[digest[i] & 15];
    }
    return text;
}

std::string with_line_feeds(std::string_view text) {
    std::string result;
    result.reserve(text.size() + 1);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\r'), text.size());
        result += text.substr(0, end);
        text.remove_prefix(end);
        if (text.empty()) break;
        result += '\n';
        text.remove_prefix(text.starts_with("\r\n") ? 2 : 1);
    }
    if (!result.empty() && result.back() != '\n') result += '\n';
    return result;
}

// Lines that end in "\n", as they stand in a message.
void append_lines(std::string& message, std::string_view lines) {
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        message += lines.substr(0, end);
        lines.remove_prefix(end);
        if (lines.empty()) break;
        message += "\r\n";
        lines.remove_prefix(1);
    }
}

void append_text(std::string& message, std::string_view subtype, std::string_view any_text) {
    const std::string text = with_line_feeds(any_text);
    GMimeEncoding encoder;
    g_mime_encoding_init_encode(&encoder, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    std::string encoded(g_mime_encoding_outlen(&encoder, text.size()), '\0');
    encoded.resize(g_mime_encoding_flush(&encoder, text.data(), text.size(), encoded.data()));
    message += "Content-Type: text/";
    message += subtype;
    message += "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
    append_lines(message, encoded);
}

void append_file(std::string& message, const Attachment& file) {
    const std::string& name = file.file_name();
    const auto named = [&](const std::string& value, std::string_view key) {
        append_lines(message, name.empty() ? value : value + ";\n " + parameter(key, name));
    };
    message += "Content-Type: ";
    named(file.media_type(), "name");
    message += "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: ";
    named("attachment", "filename");
    message += "\r\n\r\n";
    message += file.base64();
}

// Opens a multipart; each part begins with `next`, and `end` ends the last.
struct Parts {
    std::string next, end;

    Parts(std::string& message, std::string_view subtype, const std::string& boundary)
        : next{"\r\n--" + boundary + "\r\n"}, end{"\r\n--" + boundary + "--\r\n"} {
        message += "Content-Type: multipart/";
        message += subtype;
        message += "; boundary=\"" + boundary + "\"\r\n";
    }
};

void append_words(std::string& message, const Mail& mail) {
    if (mail.html.empty()) return append_text(message, "plain", mail.text);
    const Parts parts{message, "alternative", boundary(mail, 'a')};
    message += parts.next;
    append_text(message, "plain", mail.text);
    message += parts.next;
    append_text(message, "html", mail.html);
    message += parts.end;
}

}  // namespace

void append_body(std::string& message, const Mail& mail) {
    set_up();
    if (mail.attachments.empty()) return append_words(message, mail);
    std::size_t size = message.size() + 2 * (mail.text.size() + mail.html.size()) + 2048;
    for (const Attachment& file : mail.attachments) size += file.base64().size() + 1024;
    message.reserve(size);
    const Parts parts{message, "mixed", boundary(mail, 'm')};
    message += parts.next;
    append_words(message, mail);
    for (const Attachment& file : mail.attachments) {
        message += parts.next;
        append_file(message, file);
    }
    message += parts.end;
}

}  // namespace raadspost::post::mime
