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
#include "crm/sending/release.hpp"
#include "tryton/transaction.hpp"

#include <charconv>

namespace raadspost::crm {

using namespace tryton;
using public_pages::Notice;

namespace {

PublicPage notice(Notice which) {
    return shown(public_pages::notice_page(which), public_pages::status_of(which));
}

std::optional<post::OwnMessage> unpacked(const std::string& bytes) {
    auto message = post::unpack_own_message(bytes);
    if (!message) return std::nullopt;
    return std::move(*message);
}

std::optional<post::OwnMessage> as_sent(const PublicMessage& message) {
    if (!message.bytes_file.empty()) {
        const auto folder = frozen_folder();
        const auto found = without_gil([&]() -> std::optional<post::OwnMessage> {
            const auto bytes = post::thaw(folder, message.bytes_file, message.bytes_hash);
            return bytes ? unpacked(*bytes) : std::nullopt;
        });
        if (found) return found;
    }
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

}  // namespace

PublicPage open_message_page(Id dispatch) {
    const auto message = load_public_message(dispatch, true);
    if (!message) return notice(Notice::unknown_link);
    const auto mail = as_sent(*message);
    if (!mail) return notice(Notice::not_kept);
    const PublicLinks links = PublicLinks::load();
    std::vector<public_pages::Enclosure> enclosures;
    for (std::size_t n = 0; n < mail->attachments.size(); ++n)
        enclosures.push_back({links.letter(dispatch) + "/" + std::to_string(n + 1),
                              mail->attachments[n].file_name, mail->attachments[n].bytes.size()});
    return shown(public_pages::message_page(message->facts, mail->html, mail->text, enclosures));
}

PublicPage open_enclosure(Id dispatch, const std::string& number) {
    std::size_t wanted = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), wanted);
    if (error != std::errc{} || end != number.data() + number.size() || wanted == 0)
        return notice(Notice::unknown_link);
    const auto message = load_public_message(dispatch, true);
    if (!message) return notice(Notice::unknown_link);
    const auto mail = as_sent(*message);
    if (!mail) return notice(Notice::not_kept);
    if (wanted > mail->attachments.size()) return notice(Notice::unknown_link);
    const post::OwnAttachment& file = mail->attachments[wanted - 1];
    // Only what browsers show by themselves and cannot run anything; everything else is saved.
    const bool shows = file.media_type == "application/pdf";
    return std::make_shared<const public_pages::PageCache::Page>(public_pages::PageCache::Page{
        200, file.bytes, shows ? file.media_type : "application/octet-stream",
        public_pages::policy_of_files(), public_pages::content_disposition(file.file_name, shows)});
}

}  // namespace raadspost::crm
