// Small readings of what is kept of a message, for every screen that shows one. Pure.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace raadspost::crm {

// The deciding lines, one for each kind.
inline std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (end > at) lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

inline std::int64_t percent(double confidence) {
    return std::llround(confidence * 100);
}

}  // namespace raadspost::crm
