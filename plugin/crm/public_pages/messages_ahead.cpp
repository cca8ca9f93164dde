#include "crm/public_pages/messages_ahead.hpp"

#include "core/public_pages/limits.hpp"

namespace raadspost::crm {

using namespace tryton;
namespace limits = public_pages::limits;

std::optional<MessagesAhead::Known> MessagesAhead::find(Id dispatch, Clock::time_point now) const {
    const std::lock_guard lock{mutex_};
    const auto found = known_.find(dispatch);
    if (found == known_.end() || now - found->second.read >= limits::kept_ready) return std::nullopt;
    return found->second;
}

std::uint64_t MessagesAhead::generation() const {
    const std::lock_guard lock{mutex_};
    return generation_;
}

void MessagesAhead::keep_if(std::uint64_t generation, std::vector<PublicMessage> messages,
                            Clock::time_point read) {
    const std::lock_guard lock{mutex_};
    if (generation != generation_) return;
    if (known_.size() + messages.size() > limits::messages_ahead)
        std::erase_if(known_,
                      [&](const auto& each) { return read - each.second.read >= limits::kept_ready; });
    if (known_.size() + messages.size() > limits::messages_ahead) known_.clear();
    for (PublicMessage& each : messages) {
        const Id dispatch = each.dispatch;
        known_.insert_or_assign(dispatch,
                                Known{std::make_shared<const PublicMessage>(std::move(each)), read});
    }
}

void MessagesAhead::forget(const Ids& dispatches) {
    const std::lock_guard lock{mutex_};
    ++generation_;
    for (const Id each : dispatches) known_.erase(each);
}

}  // namespace raadspost::crm
