#include "crm/public_pages/answers_to_public.hpp"

#include "core/public_pages/layout.hpp"
#include "core/public_pages/notice_page.hpp"
#include "core/public_pages/unsubscribe_page.hpp"
#include "crm/elections/terms.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;
using public_pages::Notice;
using public_pages::Stop;

namespace {

Ids councils_of(const PublicMessage& message) {
    Ids councils;
    for (const auto& each : message.cases) councils.push_back(each.council);
    return councils;
}

Ids dispatches_of(const PublicMessage& message) {
    Ids cases, dispatches;
    for (const auto& each : message.cases) cases.push_back(each.id);
    Rows<Id>::each("select distinct dispatch from \"raadspost_dispatch-raadspost_case\" where \"case\" in {}",
                   {cases}, [&](Id id) { dispatches.push_back(id); });
    return dispatches;
}

// Unprocessable: the form was understood, and something in it is to be corrected.
constexpr int to_be_corrected = 422;

}  // namespace

PublicPage shown(std::string body, std::string_view colour, int status) {
    return std::make_shared<const public_pages::PageCache::Page>(public_pages::PageCache::Page{
        status, std::move(body), "text/html; charset=utf-8", public_pages::policy_of_pages(colour), {}});
}

PublicPage public_notice(Notice which) {
    return shown(public_pages::notice_page(which), {}, public_pages::status_of(which));
}

PublicPage answer_page(const PublicMessage& message) {
    return shown(public_pages::answer_page(message.facts), message.facts.house.colour);
}

PublicPage unsubscribe_page(const PublicMessage& message) {
    return shown(public_pages::unsubscribe_page(message.facts), message.facts.house.colour);
}

Posted post_answer(Id dispatch, const public_pages::Form& form, const Click& click) {
    lock_message(dispatch);
    const auto message = load_public_message(dispatch);
    if (!message || message->expired) return {public_notice(Notice::unknown_link), {}};
    const auto read = public_pages::read_answer(form, message->facts.councils, dutch_today());
    if (!read) return {public_notice(Notice::not_understood), {}};
    if (!read->mistakes.empty())
        return {shown(public_pages::answer_page(message->facts, form, read->mistakes),
                      message->facts.house.colour, to_be_corrected),
                {}};
    Click marked = click;
    marked.likely_scanner = is_likely_scanner(*message, click.at);
    record_answer(*message, read->answer, marked);
    const auto now = load_public_message(dispatch);
    return {shown(public_pages::answered_page(now->facts, read->answer, waits_for_a_person(read->answer)),
                  now->facts.house.colour),
            councils_of(*message), dispatches_of(*message)};
}

Posted post_unsubscribe(Id dispatch, const public_pages::Form& form, const Click& click) {
    lock_message(dispatch);
    const auto message = load_public_message(dispatch);
    if (!message) return {public_notice(Notice::unknown_link), {}};
    const auto stop = public_pages::read_unsubscribe(form);
    if (!stop) return {public_notice(Notice::not_understood), {}};
    if (*stop == Stop::nothing)
        return {shown(public_pages::unsubscribe_page(message->facts, true), message->facts.house.colour,
                      to_be_corrected),
                {}};
    Click marked = click;
    marked.one_click = form.fields.empty() || public_pages::is_one_click(form);
    marked.likely_scanner = is_likely_scanner(*message, click.at);
    record_unsubscribe(*message, *stop, marked);
    return {shown(public_pages::unsubscribed_page(message->facts, *stop), message->facts.house.colour),
            councils_of(*message), dispatches_of(*message)};
}

}  // namespace raadspost::crm
