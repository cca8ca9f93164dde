// Most address fields hold one address in its plain form, "Griffie Goes <griffie@goes.example>" or without a
// name: taking that apart needs no parser of RFC 5322. Whatever is unusual is left to GMime (fields.hpp), and
// both must give the same (tests/fuzz/fuzz_read_mail.cpp). Pure; safe on any thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <optional>
#include <string_view>

namespace raadspost::answer::mail {

// Nothing where the value is not plainly one address. The domain is as written.
std::optional<Address> plain_address(std::string_view value);

}  // namespace raadspost::answer::mail
