#include "crm/message/relay.hpp"

#include "core/post/wire/mailbox.hpp"
#include "tryton/module.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <unistd.h>

namespace raadspost::crm {

namespace {

Problem unusable(std::string found) {
    return {.id = "relay_setting",
            .place = "[email] uri",
            .found = found,
            .text =
                "The setting [email] uri is no relay: expected smtp://host:25, smtp+tls:// or smtps://, "
                "found \"" +
                found + "\"."};
}

// A machine's name may hold what a domain may not ("crm_server").
std::string own_name() {
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 && post::is_domain(name) ? name : "localhost";
}

}  // namespace

Result<post::Relay> relay_of(std::string_view text) {
    try {
        const Poco::URI uri{std::string{text}};
        post::Relay relay;
        relay.host = uri.getHost();
        if (relay.host.empty()) return unusable(uri.getScheme());
        if (uri.getScheme() == "smtp")
            relay.security = post::Security::none;
        else if (uri.getScheme() == "smtp+tls")
            relay.security = post::Security::starttls;
        else if (uri.getScheme() == "smtps")
            relay.security = post::Security::tls;
        else
            return unusable(uri.getScheme());
        relay.port = uri.getPort() != 0                           ? uri.getPort()
                     : relay.security == post::Security::tls      ? std::uint16_t{465}
                     : relay.security == post::Security::starttls ? std::uint16_t{587}
                                                                  : std::uint16_t{25};
        relay.hello_name = own_name();
        const std::string& login = uri.getUserInfo();
        if (const auto colon = login.find(':'); colon != std::string::npos) {
            Poco::URI::decode(login.substr(0, colon), relay.user);
            std::string password;
            Poco::URI::decode(login.substr(colon + 1), password);
            relay.login = post::Login::password;
            relay.secret = [password] { return Result<std::string>{password}; };
        }
        return relay;
    } catch (const Poco::Exception&) {
        return unusable("?");
    }
}

Result<post::Relay> configured_relay() {
    auto relay = relay_of(tryton::configured("email", "uri").value_or("smtp://localhost:25"));
    if (relay) relay->authority_file = tryton::configured("raadspost", "relay_authorities").value_or("");
    return relay;
}

}  // namespace raadspost::crm
