// A date as nearly all mail programs write it, "Tue, 10 Feb 2026 09:31:10 +0100" (RFC 5322 3.3); other forms
// are left to the parser (fields.hpp), and both must give the same (tests/fuzz/fuzz_read_mail.cpp). Pure;
// safe on any thread.
#pragma once

#include "core/answer/mail/fields.hpp"
#include "core/no_host.hpp"

#include <optional>
#include <string_view>

namespace raadspost::answer::mail {

std::optional<WrittenAt> plain_date(std::string_view value);

}  // namespace raadspost::answer::mail
