#include "crm/message/public_links.hpp"

#include "tryton/error.hpp"
#include "tryton/module.hpp"
#include "tryton/record.hpp"

#include <filesystem>

namespace raadspost::crm {

PublicLinks PublicLinks::load() {
    PublicLinks links;
    // The sender makes the ring before it makes the first message; until then nothing needs a link.
    if (const auto file = tryton::configured("raadspost", "keys"); file && std::filesystem::exists(*file)) {
        auto keys = link::KeyRing::load(*file);
        if (!keys) throw tryton::UserError{"msg_key_ring", {{"problem", keys.problem().text}}};
        links.keys_ = std::move(*keys);
    }
    const auto setting = [](const char* field) {
        return tryton::setting("raadspost.configuration", field)
            .as<std::optional<std::string>>()
            .value_or("");
    };
    links.public_address_ = setting("public_address");
    while (links.public_address_.ends_with('/')) links.public_address_.pop_back();
    links.reply_domain_ = setting("reply_domain");
    return links;
}

std::string PublicLinks::page(const char* name, link::Kind kind, tryton::Id dispatch) const {
    if (!keys_ || public_address_.empty() || dispatch <= 0) return {};
    return public_address_ + "/raadspost/" + name + "/" + link::signed_token(*keys_, kind, dispatch);
}

std::string PublicLinks::address(link::Kind kind, tryton::Id dispatch) const {
    if (!keys_ || reply_domain_.empty() || dispatch <= 0) return {};
    return link::signed_address(*keys_, kind, dispatch, reply_domain_);
}

}  // namespace raadspost::crm
