// The door of the public pages: what can be decided about a request before there is a transaction. Which row
// a token names, whether the asker may ask once more, whether the page lies ready, and who may go in to the
// database. One for the process, made when it is first asked for. [gil-held], except where it says otherwise.
#pragma once

#include "core/link/token.hpp"
#include "core/public_pages/allowance.hpp"
#include "core/public_pages/gate.hpp"
#include "core/public_pages/page_cache.hpp"
#include "crm/public_pages/messages_ahead.hpp"
#include "tryton/value.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace raadspost::crm {

class Door {
public:
    using Clock = std::chrono::steady_clock;
    static Door& of_process();

    // The dispatch that the token names; 0 for every token that is not valid now, whatever the cause.
    tryton::Id dispatch_of(link::Kind kind, const std::string& token, Clock::time_point now);

    // False when an address, or who holds one token, asks too much.
    bool may_ask(const std::string& address, bool to_write, Clock::time_point now);
    bool may_use(link::Kind kind, tryton::Id dispatch, bool to_write, Clock::time_point now);

    // The database of the public pages: [raadspost] database in trytond.conf, else the only one that this
    // process serves; "" if there are several.
    static std::string database();

    public_pages::PageCache cache;
    MessagesAhead messages;
    public_pages::Gate gate{public_pages::limits::transactions_at_once,
                            public_pages::limits::waiting_for_one};

private:
    const link::KeyRing* keys(Clock::time_point now);

    std::optional<link::KeyRing> keys_;
    std::filesystem::file_time_type keys_written_{};
    Clock::time_point keys_looked_at_{};
    bool keys_asked_for_ = false;
    public_pages::Allowances addresses_{public_pages::limits::per_address};
    public_pages::Allowances tokens_{public_pages::limits::per_token};
    public_pages::Allowances writing_addresses_{public_pages::limits::posts_per_address};
    public_pages::Allowances writing_tokens_{public_pages::limits::posts_per_token};
};

}  // namespace raadspost::crm
