// What the public pages say about dispatches, read with a handful of queries for however many. Only a
// dispatch that can have reached somebody has pages, and only for as long as the settings say. [gil-held],
// inside a transaction; the values are [any-thread].
#pragma once

#include "core/public_pages/answer.hpp"
#include "tryton/value.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::crm {

struct PublicMessage {
    tryton::Id dispatch = 0, appeal = 0, association = 0;
    std::string mailbox;  // written to
    std::optional<tryton::DateTime> sent_at;
    bool expired = false;  // too old for every page but the one to unsubscribe
    std::string bytes_file, bytes_hash, inputs_hash;
    std::filesystem::path bytes_folder;  // where frozen messages lie
    std::string letter_link;             // of the first enclosure and so on with "/1" behind it
    public_pages::MessageFacts facts;

    // In the order of facts.councils, and of the outcomes recorded with each.
    struct Case {
        tryton::Id id = 0, council = 0;
        std::vector<tryton::Id> outcomes;
    };
    std::vector<Case> cases;
};

// Those with ids from `first` to `last`; one that does not exist or never left is not among them.
std::vector<PublicMessage> load_public_messages(tryton::Id first, tryton::Id last);
std::optional<PublicMessage> load_public_message(tryton::Id dispatch);

// A click so soon after delivery may be a machine's that looks at links.
bool is_likely_scanner(const PublicMessage& message, tryton::DateTime now);

}  // namespace raadspost::crm
