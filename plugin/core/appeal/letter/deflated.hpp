// Bytes as the streams of a PDF hold them: zlib's format (PDF 1.7, 7.4.4). Pure function; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace raadspost::appeal {

enum class Effort { quick, thorough };  // for each letter, or once for many

std::string deflated(std::string_view bytes, Effort effort);

// Nothing if the bytes are not of that format, or hold more than `most`.
std::optional<std::string> inflated(std::string_view bytes, std::size_t most);

}  // namespace raadspost::appeal
