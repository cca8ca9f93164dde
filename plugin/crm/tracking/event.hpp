// Events: what happened to an appeal, a case or a dispatch, when, by whom and on what evidence. Only ever
// added; an undone one stays and points to the event that undid it. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::crm {

struct Event {
    tryton::Id appeal = 0;
    std::string kind;  // one of the keys in event.cpp
    std::string text;
    std::string evidence = {};
    tryton::Id case_id = 0;   // 0: none
    tryton::Id dispatch = 0;  // 0: none
    tryton::Id message = 0;   // that was received; 0: none
};

// The actor is the transaction's user; the host itself (user 0) counts as the machine. Gives the events' ids.
tryton::Ids record_events(const std::vector<Event>& events);
inline tryton::Id record_event(const Event& event) {
    return record_events({event}).front();
}

// The last event of that kind that is not undone; nothing if there is none.
void undo_last(tryton::Id appeal, std::string_view kind, tryton::Id undone_by);

}  // namespace raadspost::crm
