#include "core/post/wire/reply.hpp"

#include <algorithm>
#include <utility>

#include "core/post/limits.hpp"

namespace raadspost::post {
namespace {

constexpr std::size_t queue_id_bytes = 64;

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// The length of "d.d{1,3}.d{1,3}" at the front, 0 if it is none.
std::size_t enhanced_length(std::string_view text) {
    std::size_t at = 0;
    for (int part = 0; part < 3; ++part) {
        const std::size_t from = at;
        while (at < text.size() && is_digit(text[at]) && at - from < (part == 0 ? 1u : 3u)) ++at;
        if (at == from) return 0;
        if (part < 2 && (at == text.size() || text[at++] != '.')) return 0;
    }
    return at == text.size() || text[at] == ' ' ? at : 0;
}

bool is_queue_letter(char letter) {
    return is_digit(letter) || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           letter == '-' || letter == '_' || letter == '.';
}

std::string queue_word(std::string_view text) {
    const auto end = std::ranges::find_if_not(text, is_queue_letter);
    std::string word{text.begin(), end};
    while (word.ends_with('.')) word.pop_back();
    return word.size() <= queue_id_bytes ? word : std::string{};
}

}  // namespace

std::string Reply::enhanced() const {
    if (lines.empty()) return {};
    const std::size_t length = enhanced_length(lines.front());
    if (length == 0 || lines.front()[0] - '0' != code / 100) return {};
    return lines.front().substr(0, length);
}

std::string Reply::text() const {
    const std::string status = enhanced();
    std::string joined;
    for (std::string_view line : lines) {
        if (!status.empty() && line.starts_with(status)) line.remove_prefix(status.size());
        while (line.starts_with(' ')) line.remove_prefix(1);
        if (!joined.empty() && !line.empty()) joined += ' ';
        joined += line;
    }
    joined.resize(std::min(joined.size(), limits::reply_text_bytes));
    return joined;
}

std::optional<Reply> ReplyParser::next() {
    while (!broken_) {
        const std::size_t end = buffer_.find('\n');
        if (end == std::string::npos) {
            broken_ = buffer_.size() > limits::reply_line_bytes;
            return std::nullopt;
        }
        std::string_view line{buffer_.data(), end};
        if (line.ends_with('\r')) line.remove_suffix(1);
        bool last = false;
        broken_ = line.size() > limits::reply_line_bytes || !take(line, last);
        buffer_.erase(0, end + 1);
        if (broken_) return std::nullopt;
        if (last) return std::exchange(pending_, Reply{});
    }
    return std::nullopt;
}

bool ReplyParser::take(std::string_view line, bool& last) {
    if (line.size() < 3 || !std::ranges::all_of(line.substr(0, 3), is_digit)) return false;
    if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return false;
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (code < 200 || code > 599) return false;
    // RFC 5321 4.2.1: every line of a reply carries the same code.
    if (!pending_.lines.empty() && code != pending_.code) return false;
    if (pending_.lines.size() == limits::reply_lines) return false;
    pending_.code = code;
    std::string text{line.substr(std::min<std::size_t>(4, line.size()))};
    std::ranges::replace_if(
        text, [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; }, ' ');
    pending_.lines.push_back(std::move(text));
    last = line.size() == 3 || line[3] == ' ';
    return true;
}

std::string queue_id_of(std::string_view reply_text) {
    // Postfix "Ok: queued as X", Exim "OK id=X", Exchange "[InternalId=X, ...]", qmail "ok 1 qp X"
    for (const std::string_view before : {"queued as ", "InternalId=", "id=", " qp "}) {
        const std::size_t at = reply_text.find(before);
        if (at == std::string_view::npos) continue;
        if (std::string word = queue_word(reply_text.substr(at + before.size())); !word.empty()) return word;
    }
    // Sendmail "X Message accepted for delivery"
    const std::size_t accepted = reply_text.find(" Message accepted");
    if (accepted == std::string_view::npos) return {};
    const std::string_view before = reply_text.substr(0, accepted);
    return queue_word(before.substr(before.rfind(' ') + 1));
}

}  // namespace raadspost::post
