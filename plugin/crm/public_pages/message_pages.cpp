// message_pages.cpp - the web version and the enclosures: out of the frozen bytes of the message; where those
// are dropped by now, made anew if the facts still give the same message.
#include "core/calendar/council_term.hpp"
#include "core/post/frozen.hpp"
#include "core/post/own_message.hpp"
#include "core/public_pages/layout.hpp"
#include "core/public_pages/message_page.hpp"
#include "core/public_pages/notice_page.hpp"
#include "crm/message/message_loader.hpp"
#include "crm/public_pages/answers_to_public.hpp"
#include "tryton/transaction.hpp"

#include <charconv>

namespace raadspost::crm {

using namespace tryton;
using public_pages::Notice;

namespace {

std::optional<post::OwnMessage> unpacked(const std::string& bytes) {
    auto message = post::unpack_own_message(bytes);
    if (!message) return std::nullopt;
    return std::move(*message);
}

std::optional<post::OwnMessage> as_kept(const PublicMessage& message) {
    if (message.bytes_file.empty()) return std::nullopt;
    const auto bytes = post::thaw(message.bytes_folder, message.bytes_file, message.bytes_hash);
    return bytes ? unpacked(*bytes) : std::nullopt;
}

std::optional<post::OwnMessage> made_anew(const PublicMessage& message) {
    auto inputs = MessageLoader{}.load({message.dispatch});
    if (inputs.size() != 1 || inputs.front().problem || message.inputs_hash.empty() ||
        inputs_hash(inputs.front()) != message.inputs_hash)
        return std::nullopt;
    if (message.sent_at) {  // a letter bears the day on which it was sent
        inputs.front().date = std::chrono::floor<std::chrono::seconds>(*message.sent_at);
        inputs.front().day = calendar::day_in_the_netherlands(inputs.front().date);
    }
    return without_gil([&]() -> std::optional<post::OwnMessage> {
        Renderer renderer;
        const auto rendered = render(inputs.front(), renderer);
        return rendered ? unpacked(rendered->bytes) : std::nullopt;
    });
}

PublicPage page_of(const PublicMessage& message, const post::OwnMessage& mail) {
    std::vector<public_pages::Enclosure> enclosures;
    for (std::size_t n = 0; n < mail.attachments.size(); ++n)
        enclosures.push_back({message.letter_link + "/" + std::to_string(n + 1),
                              mail.attachments[n].file_name, mail.attachments[n].bytes.size()});
    return shown(public_pages::message_page(message.facts, mail.html, mail.text, enclosures),
                 message.facts.house.colour);
}

PublicPage enclosure_of(const post::OwnMessage& mail, std::size_t number) {
    if (number > mail.attachments.size()) return public_notice(Notice::unknown_link);
    const post::OwnAttachment& file = mail.attachments[number - 1];
    // Only what browsers show by themselves and cannot run anything; everything else is saved.
    const bool shows = file.media_type == "application/pdf";
    return std::make_shared<const public_pages::PageCache::Page>(public_pages::PageCache::Page{
        200, file.bytes, shows ? file.media_type : "application/octet-stream",
        public_pages::policy_of_files(), public_pages::content_disposition(file.file_name, shows)});
}

// 1 and so on; 0 for everything else.
std::size_t number_in(const std::string& text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace

PublicPage message_page(const PublicMessage& message) {
    const auto mail = as_kept(message);
    return mail ? page_of(message, *mail) : nullptr;
}

PublicPage message_page_anew(const PublicMessage& message) {
    const auto mail = made_anew(message);
    return mail ? page_of(message, *mail) : public_notice(Notice::not_kept);
}

PublicPage enclosure(const PublicMessage& message, const std::string& number) {
    const std::size_t wanted = number_in(number);
    if (wanted == 0) return public_notice(Notice::unknown_link);
    const auto mail = as_kept(message);
    return mail ? enclosure_of(*mail, wanted) : nullptr;
}

PublicPage enclosure_anew(const PublicMessage& message, const std::string& number) {
    const auto mail = made_anew(message);
    return mail ? enclosure_of(*mail, number_in(number)) : public_notice(Notice::not_kept);
}

}  // namespace raadspost::crm
