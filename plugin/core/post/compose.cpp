// GMime writes the headers; what it was seen to get wrong is done here: every header value is checked (it
// passes CR and LF through in a Message-ID), words are encoded (it would choose iso-8859-1), and headers that
// must not be folded inside an address or URL are written raw. The body is mime/body's.
#include "core/post/compose.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

#include "core/base64.hpp"
#include "core/post/limits.hpp"
#include "core/post/mime/body.hpp"
#include "core/post/mime/gmime.hpp"
#include "core/post/wire/mailbox.hpp"

namespace raadspost::post {
namespace {

using mime::Owned;

Problem unsafe(std::string_view header, std::string_view why) {
    return Problem{"mail_header_unsafe",
                   std::string{header},
                   {},
                   "The header " + std::string{header} + " cannot be written: " + std::string{why} + "."};
}

bool is_utf8(std::string_view text) {
    return g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr);
}

// U+0000 to U+001F, U+007F, the C1 controls, and the line and paragraph separators.
bool has_control(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 || byte == 0x7f) return true;
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        if (byte == 0xc2 && next < 0xa0 && next >= 0x80) return true;
        if (byte == 0xe2 && next == 0x80 && i + 2 < text.size() &&
            (text[i + 2] == '\xa8' || text[i + 2] == '\xa9'))
            return true;
    }
    return false;
}

bool is_media_type(std::string_view type) {
    const auto is_token = [](std::string_view token) {
        return !token.empty() &&
               token.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.+-") == std::string_view::npos;
    };
    const std::size_t slash = type.find('/');
    return slash != std::string_view::npos && is_token(type.substr(0, slash)) &&
           is_token(type.substr(slash + 1));
}

// "scheme, printable ASCII, no bracket, comma or space": it must stand between angle brackets on one line.
bool is_https_url(std::string_view url) {
    return url.starts_with("https://") && std::ranges::all_of(url, [](char letter) {
               return letter > ' ' && letter < 0x7f && letter != '<' && letter != '>' && letter != ',';
           });
}

Result<Done> check_message_id(std::string_view header, std::string_view id) {
    if (is_mailbox(id)) return Done{};
    return unsafe(header, "a message id looks like local@domain, without angle brackets");
}

Result<Done> check(const Mail& mail) {
    const auto person = [](std::string_view header, const Correspondent& one) -> Result<Done> {
        if (Result<Done> fine = check_header_value(header, one.name); !fine) return fine;
        return check_mailbox(header, one.address);
    };
    if (Result<Done> fine = person("From", mail.from); !fine) return fine;
    if (Result<Done> fine = person("To", mail.to); !fine) return fine;
    if (!mail.sender.address.empty())
        if (Result<Done> fine = person("Sender", mail.sender); !fine) return fine;
    if (!mail.reply_to.address.empty())
        if (Result<Done> fine = person("Reply-To", mail.reply_to); !fine) return fine;
    if (Result<Done> fine = check_header_value("Subject", mail.subject); !fine) return fine;
    if (Result<Done> fine = check_message_id("Message-ID", mail.message_id); !fine) return fine;
    if (!mail.in_reply_to.empty())
        if (Result<Done> fine = check_message_id("In-Reply-To", mail.in_reply_to); !fine) return fine;
    if (mail.references.size() > limits::reference_count) return unsafe("References", "there are too many");
    for (const std::string& reference : mail.references)
        if (Result<Done> fine = check_message_id("References", reference); !fine) return fine;
    if (!mail.unsubscribe_url.empty() &&
        (!is_https_url(mail.unsubscribe_url) || mail.unsubscribe_url.size() > limits::line_bytes / 2))
        return unsafe("List-Unsubscribe", "an address that begins with https:// is expected");
    if (!mail.unsubscribe_address.empty())
        if (Result<Done> fine = check_mailbox("List-Unsubscribe", mail.unsubscribe_address); !fine)
            return fine;
    if (mail.language.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") !=
        std::string::npos)
        return unsafe("Content-Language", "a language tag such as nl is expected");
    if (!is_utf8(mail.text) || !is_utf8(mail.html)) return unsafe("Content-Type", "the text is not UTF-8");
    for (const Attachment& attachment : mail.attachments) {
        if (Result<Done> fine = check_header_value("Content-Disposition", attachment.file_name()); !fine)
            return fine;
        if (attachment.file_name().find_first_of("/\\") != std::string::npos)
            return unsafe("Content-Disposition", "a file name holds no folder");
        if (!is_media_type(attachment.media_type()))
            return unsafe("Content-Type", "a media type such as application/pdf is expected");
        if (attachment.base64().size() > limits::attachment_bytes / 3 * 4)
            return unsafe("Content-Disposition", "the file is too large");
    }
    return Done{};
}

// As it stands, neither encoded nor folded by GMime.
void set_raw(GMimeObject* object, const char* name, const std::string& value) {
    g_mime_object_set_header(object, name, "", nullptr);
    GMimeHeader* header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
    g_mime_header_set_raw_value(header, (' ' + value + '\n').c_str());
}

// RFC 2047, Q: words of at most 75, none split inside a letter. (Not B: GMime itself loses what follows a
// padded word.)
std::string encoded_words(std::string_view text) {
    constexpr std::size_t most = 60;
    std::string words;
    std::string word;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
        std::string letter;
        for (; i < end; ++i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            if (g_ascii_isalnum(text[i])) {
                letter += text[i];
            } else {
                letter += {'=', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
            }
        }
        if (word.size() + letter.size() > most) {
            words += "=?utf-8?q?" + word + "?=\n ";
            word.clear();
        }
        word += letter;
    }
    return words + "=?utf-8?q?" + word + "?=";
}

// GMime lets text pass that looks like an encoded word, and breaks other text into words that its own reader
// cannot join.
bool needs_encoding(std::string_view text) {
    return text.find("=?") != std::string_view::npos ||
           std::ranges::any_of(text, [](char letter) { return static_cast<unsigned char>(letter) >= 0x80; });
}

void add_person(GMimeMessage* message, GMimeAddressType kind, const char* header, const Correspondent& one) {
    if (needs_encoding(one.name)) {
        set_raw(GMIME_OBJECT(message), header, encoded_words(one.name) + "\n <" + one.address + '>');
        return;
    }
    const Owned<InternetAddress> mailbox{
        internet_address_mailbox_new(one.name.empty() ? nullptr : one.name.c_str(), one.address.c_str())};
    internet_address_list_add(g_mime_message_get_addresses(message, kind), mailbox.get());
}

std::string bracketed(const std::string& id) {
    return '<' + id + '>';
}

}  // namespace

Result<Done> check_header_value(std::string_view header, std::string_view value) {
    if (value.size() > limits::header_value_bytes) return unsafe(header, "it is too long");
    if (!is_utf8(value)) return unsafe(header, "it is not UTF-8");
    if (has_control(value)) return unsafe(header, "it holds a line end or another control character");
    return Done{};
}

Attachment::Attachment(std::string file_name, std::string media_type, std::string_view bytes)
    : file_name_{std::move(file_name)}, media_type_{std::move(media_type)} {
    base64_ = std::make_shared<const std::string>(base64_lines(bytes));
}

Result<std::string> compose(const Mail& mail) {
    if (Result<Done> fine = check(mail); !fine) return fine.problem();
    mime::set_up();

    const Owned<GMimeMessage> message{g_mime_message_new(FALSE)};
    GMimeObject* object = GMIME_OBJECT(message.get());
    const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> date{
        g_date_time_new_from_unix_utc(mail.date.time_since_epoch().count()), &g_date_time_unref};
    if (!date) return unsafe("Date", "it lies outside the years that mail knows");
    g_mime_message_set_date(message.get(), date.get());
    add_person(message.get(), GMIME_ADDRESS_TYPE_FROM, "From", mail.from);
    if (!mail.sender.address.empty())
        add_person(message.get(), GMIME_ADDRESS_TYPE_SENDER, "Sender", mail.sender);
    if (!mail.reply_to.address.empty())
        add_person(message.get(), GMIME_ADDRESS_TYPE_REPLY_TO, "Reply-To", mail.reply_to);
    add_person(message.get(), GMIME_ADDRESS_TYPE_TO, "To", mail.to);
    if (needs_encoding(mail.subject)) {
        set_raw(object, "Subject", encoded_words(mail.subject));
    } else {
        g_mime_message_set_subject(message.get(), mail.subject.c_str(), "utf-8");
    }
    set_raw(object, "Message-ID", bracketed(mail.message_id));
    if (!mail.in_reply_to.empty()) set_raw(object, "In-Reply-To", bracketed(mail.in_reply_to));
    if (!mail.references.empty()) {
        std::string folded;
        for (const std::string& reference : mail.references)
            folded += (folded.empty() ? "" : "\n ") + bracketed(reference);
        set_raw(object, "References", folded);
    }
    std::string unsubscribe;
    if (!mail.unsubscribe_url.empty()) unsubscribe = '<' + mail.unsubscribe_url + '>';
    if (!mail.unsubscribe_address.empty())
        unsubscribe += (unsubscribe.empty() ? "<mailto:" : ",\n <mailto:") + mail.unsubscribe_address + '>';
    if (!unsubscribe.empty()) set_raw(object, "List-Unsubscribe", unsubscribe);
    // RFC 8058 3.1: one click needs the https address.
    if (!mail.unsubscribe_url.empty()) set_raw(object, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    if (!mail.language.empty()) set_raw(object, "Content-Language", mail.language);
    g_mime_object_set_header(object, "MIME-Version", "1.0", nullptr);

    const std::unique_ptr<GMimeFormatOptions, mime::FreeFormat> format{g_mime_format_options_new()};
    g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
    const mime::OwnedText headers{g_mime_object_get_headers(object, format.get())};
    std::string composed = headers.get();
    mime::append_body(composed, mail);
    return composed;
}

}  // namespace raadspost::post
