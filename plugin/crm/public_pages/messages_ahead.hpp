// Facts of messages whose pages may be asked for next: who is asked about one message reads its neighbours
// along, as they left together and gateways open their links together. A page of a message that is here needs
// no transaction. Bounded in number; none is older than a page that is kept ready may be, and those whose
// facts changed here are forgotten. The clock is passed in. Safe on any thread.
#pragma once

#include "crm/public_pages/message_facts.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace raadspost::crm {

class MessagesAhead {
public:
    using Clock = std::chrono::steady_clock;
    struct Known {
        std::shared_ptr<const PublicMessage> message;
        Clock::time_point read;
    };

    std::optional<Known> find(tryton::Id dispatch, Clock::time_point now) const;
    // Grows with each forget(): what was read before one is not kept after it.
    std::uint64_t generation() const;
    void keep_if(std::uint64_t generation, std::vector<PublicMessage> messages, Clock::time_point read);
    void forget(const tryton::Ids& dispatches);

private:
    mutable std::mutex mutex_;
    std::unordered_map<tryton::Id, Known> known_;
    std::uint64_t generation_ = 0;
};

}  // namespace raadspost::crm
