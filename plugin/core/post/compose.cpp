// Every value is checked here; mime/header writes the header lines, mime/body the parts.
#include "core/post/compose.hpp"

#include <algorithm>

#include "core/base64.hpp"
#include "core/post/limits.hpp"
#include "core/post/mime/body.hpp"
#include "core/post/mime/gmime.hpp"
#include "core/post/mime/header.hpp"
#include "core/post/wire/mailbox.hpp"

namespace raadspost::post {
namespace {

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

std::string bracketed(const std::string& id) {
    return id.empty() ? id : '<' + id + '>';
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
    std::string composed;
    if (!mime::append_date(composed, mail.date))
        return unsafe("Date", "it lies outside the years that mail knows");
    const auto person = [&](std::string_view header, const Correspondent& one) {
        if (!one.address.empty()) mime::append_mailbox(composed, header, one.name, one.address);
    };
    const auto raw = [&](std::string_view header, const std::string& value) {
        if (!value.empty()) mime::append_as_it_stands(composed, header, value);
    };
    person("From", mail.from);
    person("Sender", mail.sender);
    person("Reply-To", mail.reply_to);
    person("To", mail.to);
    mime::append_words(composed, "Subject", mail.subject);
    raw("Message-ID", bracketed(mail.message_id));
    raw("In-Reply-To", bracketed(mail.in_reply_to));
    std::string references;
    for (const std::string& reference : mail.references)
        references += (references.empty() ? "" : "\n ") + bracketed(reference);
    raw("References", references);
    std::string unsubscribe = bracketed(mail.unsubscribe_url);
    if (!mail.unsubscribe_address.empty())
        unsubscribe += (unsubscribe.empty() ? "" : ",\n ") + bracketed("mailto:" + mail.unsubscribe_address);
    raw("List-Unsubscribe", unsubscribe);
    // RFC 8058 3.1: one click needs the https address.
    if (!mail.unsubscribe_url.empty()) raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    raw("Content-Language", mail.language);
    raw("MIME-Version", "1.0");
    mime::append_body(composed, mail);
    return composed;
}

}  // namespace raadspost::post
