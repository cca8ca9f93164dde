// Bytes as the streams of a PDF hold them: zlib's format (PDF 1.7, 7.4.4). Pure function; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>

namespace raadspost::appeal {

enum class Effort { quick, thorough };  // for each letter, or once for many

std::string deflated(std::string_view bytes, Effort effort);

}  // namespace raadspost::appeal
