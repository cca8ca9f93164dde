// What is answered once a request has passed the door: the pages, and what a posted form does. [gil-held],
// inside a transaction, where nothing else is said; posting inside a short one of its own.
#pragma once

#include "core/public_pages/notice_page.hpp"
#include "core/public_pages/page_cache.hpp"
#include "crm/public_pages/record_answer.hpp"
#include "tryton/report.hpp"

#include <memory>

namespace raadspost::crm {

using PublicPage = std::shared_ptr<const public_pages::PageCache::Page>;

// `colour`: of the association whose page it is.
PublicPage shown(std::string body, std::string_view colour, int status = 200);

PublicPage public_notice(public_pages::Notice which);

// To open, out of facts alone: [any-thread], without a transaction. Nothing if the message's bytes are
// dropped.
PublicPage answer_page(const PublicMessage& message);
PublicPage unsubscribe_page(const PublicMessage& message);
PublicPage message_page(const PublicMessage& message);
PublicPage enclosure(const PublicMessage& message, const std::string& number);
// The same where its bytes are dropped: made anew if the facts still give the same message.
PublicPage message_page_anew(const PublicMessage& message);
PublicPage enclosure_anew(const PublicMessage& message, const std::string& number);

struct Posted {
    PublicPage page;
    tryton::Ids councils = {};    // whose plan may be another one now
    tryton::Ids dispatches = {};  // whose pages show the same cases
};
// `form` was read already; its contents are judged here.
Posted post_answer(tryton::Id dispatch, const public_pages::Form& form, const Click& click);
Posted post_unsubscribe(tryton::Id dispatch, const public_pages::Form& form, const Click& click);

}  // namespace raadspost::crm
