// What is answered once a request has passed the door: the pages, and what a posted form does. [gil-held],
// inside a transaction; posting inside a short one of its own.
#pragma once

#include "core/public_pages/page_cache.hpp"
#include "crm/public_pages/record_answer.hpp"
#include "tryton/report.hpp"

#include <memory>

namespace raadspost::crm {

using PublicPage = std::shared_ptr<const public_pages::PageCache::Page>;

PublicPage shown(std::string body, int status = 200);

// To open; the page of an unknown link where the dispatch has none.
PublicPage open_answer_page(tryton::Id dispatch);
PublicPage open_unsubscribe_page(tryton::Id dispatch);
PublicPage open_message_page(tryton::Id dispatch);
PublicPage open_enclosure(tryton::Id dispatch, const std::string& number);

struct Posted {
    PublicPage page;
    tryton::Ids councils = {};    // whose plan may be another one now
    tryton::Ids dispatches = {};  // whose pages show the same cases
};
// `form` was read already; its contents are judged here.
Posted post_answer(tryton::Id dispatch, const public_pages::Form& form, const Click& click);
Posted post_unsubscribe(tryton::Id dispatch, const public_pages::Form& form, const Click& click);

}  // namespace raadspost::crm
