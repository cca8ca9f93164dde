// The signed links and addresses of a message: where a bounce or a reply goes, and the pages behind the
// links. Made from the key ring that `trytond.conf` names under [raadspost] keys, and from the
// configuration's public address and reply domain. What is not configured is left out of the message. Loading
// is [gil-held]; making links is [any-thread].
#pragma once

#include "core/link/token.hpp"
#include "tryton/value.hpp"

#include <optional>
#include <string>

namespace raadspost::crm {

class PublicLinks {
public:
    // Throws UserError msg_key_ring if a key ring is named that cannot be used.
    static PublicLinks load();

    // All take the id of a dispatch; "" where it is 0 or nothing is configured.
    std::string answer(tryton::Id dispatch) const { return page("antwoord", link::Kind::answer, dispatch); }
    std::string web_version(tryton::Id dispatch) const { return page("bericht", link::Kind::web, dispatch); }
    // Of the first enclosure and so on with "/1" behind it.
    std::string letter(tryton::Id dispatch) const { return page("brief", link::Kind::letter, dispatch); }
    std::string unsubscribe(tryton::Id dispatch) const {
        return page("afmelden", link::Kind::unsubscribe, dispatch);
    }
    std::string bounce_address(tryton::Id dispatch) const { return address(link::Kind::bounce, dispatch); }
    std::string reply_address(tryton::Id dispatch) const { return address(link::Kind::reply, dispatch); }
    const std::string& reply_domain() const { return reply_domain_; }

private:
    std::string page(const char* name, link::Kind kind, tryton::Id dispatch) const;
    std::string address(link::Kind kind, tryton::Id dispatch) const;

    std::optional<link::KeyRing> keys_;
    std::string public_address_;  // "https://post.vereniging.example", without a slash at the end
    std::string reply_domain_;
};

}  // namespace raadspost::crm
