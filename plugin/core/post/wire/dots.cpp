#include "core/post/wire/dots.hpp"

#include <algorithm>
#include <cstring>

namespace raadspost::post {

bool is_line_ready(std::string_view message) {
    if (message.starts_with('.')) return false;
    std::size_t at = 0;
    while (at < message.size()) {
        const void* found = std::memchr(message.data() + at, '\n', message.size() - at);
        const std::size_t feed =
            found == nullptr ? message.size()
                             : static_cast<std::size_t>(static_cast<const char*>(found) - message.data());
        // Between two line feeds the only CR may be the last byte, and there it must be.
        const std::string_view line = message.substr(at, feed - at);
        const std::size_t carriage = line.find('\r');
        if (found == nullptr) return carriage == std::string_view::npos;
        if (line.empty() || carriage != line.size() - 1) return false;
        at = feed + 1;
        if (at < message.size() && message[at] == '.') return false;
    }
    return true;
}

std::string_view line_ready(std::string_view message, std::string& room) {
    std::string_view ready = message;
    if (!is_line_ready(message)) {
        room.clear();
        room.reserve(message.size() + message.size() / 32 + 16);
        while (!message.empty()) {
            const std::size_t end = std::min(message.find_first_of("\r\n"), message.size());
            if (message.front() == '.') room += '.';
            room += message.substr(0, end);
            message.remove_prefix(end);
            if (message.empty()) break;
            room += "\r\n";
            message.remove_prefix(message.starts_with("\r\n") ? 2 : 1);
        }
        ready = room;
    }
    if (ready.ends_with("\r\n")) ready.remove_suffix(2);
    return ready;
}

}  // namespace raadspost::post
