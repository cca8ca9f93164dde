// Bytes of a message, on their two ways: over the line, where no bare line end and no unstuffed dot may
// remain, and into the form that shows it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/post/limits.hpp"
#include "core/post/readable.hpp"
#include "core/post/wire/dots.hpp"

using namespace raadspost;
using namespace raadspost::post;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view message{reinterpret_cast<const char*>(bytes), size};
    std::string room;
    const std::string wire = std::string{line_ready(message, room)} + "\r\n.\r\n";
    // As the relay sees it: the first line that is a lone dot must be the last.
    if (("\r\n" + wire).find("\r\n.\r\n") != wire.size() - 3) std::abort();
    for (std::size_t i = 0; i < wire.size(); ++i) {
        if (wire[i] == '\n' && (i == 0 || wire[i - 1] != '\r')) std::abort();
        if (wire[i] == '\r' && (i + 1 == wire.size() || wire[i + 1] != '\n')) std::abort();
    }
    if (const auto readable = read_readable(message)) {
        if (readable->text.size() > limits::shown_text_bytes || readable->parts.size() > limits::part_count)
            std::abort();
        for (const ReadablePart& part : readable->parts)
            if (part.file_name.find_first_of("/\\") != std::string::npos) std::abort();
    }
    return 0;
}
