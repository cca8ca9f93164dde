// The Message-ID of a message that is being made. Safe on any thread.
#pragma once

#include <string>
#include <string_view>

namespace raadspost::crm {

// Unique without asking anybody, of 128 random bits: "raadspost.<32 digits>@domain".
std::string new_message_id(std::string_view domain);

}  // namespace raadspost::crm
