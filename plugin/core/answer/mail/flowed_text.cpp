#include "core/answer/mail/flowed_text.hpp"

#include <algorithm>

namespace raadspost::answer::mail {

// RFC 3676 4.1 and 4.5: a line that ends in a space goes on in the next one of the same quotation.
std::string unflowed(std::string_view text, bool delete_space) {
    std::string out;
    bool open = false;
    std::size_t quotes_before = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const std::size_t quotes = std::min(line.find_first_not_of('>'), line.size());
        std::string_view words = line.substr(quotes);
        if (words.starts_with(' ')) words.remove_prefix(1);  // stuffed
        const bool is_signature = words == "-- ";
        if (open && (quotes != quotes_before || is_signature)) out += '\n', open = false;
        if (!open) {
            out.append(quotes, '>');
            if (quotes > 0) out += ' ';
        }
        open = words.ends_with(' ') && !is_signature;
        if (open && delete_space) words.remove_suffix(1);
        out += words;
        if (!open) out += '\n';
        quotes_before = quotes;
    }
    if (open) out += '\n';
    return out;
}

}  // namespace raadspost::answer::mail
