// The relay that mail goes out by: the host's own setting `[email] uri` (smtp://, smtp+tls:// or smtps://,
// with user and password in it), and beside it `[raadspost] relay_authorities`, a file with certificate
// authorities for relays that use their own. [gil-held]; the value is [any-thread].
#pragma once

#include "core/post/smtp.hpp"
#include "core/result.hpp"

#include <string>
#include <string_view>

namespace raadspost::crm {

Result<post::Relay> configured_relay();

// The part that needs no host. Problem "relay_setting" names what is wrong, never a password.
Result<post::Relay> relay_of(std::string_view uri);

}  // namespace raadspost::crm
