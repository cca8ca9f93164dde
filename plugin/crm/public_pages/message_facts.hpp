// What the public pages say about one dispatch, read with a handful of queries. Only a dispatch that can have
// reached somebody has pages, and only for as long as the settings say. [gil-held], inside a transaction; the
// values are [any-thread].
#pragma once

#include "core/public_pages/answer.hpp"
#include "tryton/value.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::crm {

struct PublicMessage {
    tryton::Id dispatch = 0, appeal = 0, association = 0;
    std::string mailbox;  // written to
    std::optional<tryton::DateTime> sent_at;
    std::string bytes_file, bytes_hash, inputs_hash;
    public_pages::MessageFacts facts;

    // In the order of facts.councils, and of the outcomes recorded with each.
    struct Case {
        tryton::Id id = 0, council = 0;
        std::vector<tryton::Id> outcomes;
    };
    std::vector<Case> cases;
};

// Nothing if there is no such dispatch, if it never left, or if its pages have expired (`expires`: not so for
// unsubscribing, which must work for as long as somebody has the message).
std::optional<PublicMessage> load_public_message(tryton::Id dispatch, bool expires);

// A click so soon after delivery may be a machine's that looks at links.
bool is_likely_scanner(const PublicMessage& message, tryton::DateTime now);

}  // namespace raadspost::crm
