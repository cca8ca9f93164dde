// Reading a received message: bytes in, values out. GMime takes it apart, within core/answer/limits.hpp; what
// it says is not judged here. Text only: HTML becomes text, attachments are named and measured, nothing is
// unpacked or fetched. Pure; safe on any thread.
#pragma once

#include "core/answer/received.hpp"
#include "core/no_host.hpp"

#include <string_view>

namespace raadspost::answer {

// Never fails, whatever the bytes are. Beyond the limits `unread` says which one, and only the headers are
// filled.
Received read_mail(std::string_view bytes);

}  // namespace raadspost::answer
