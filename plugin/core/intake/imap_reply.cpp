#include "core/intake/imap_reply.hpp"

#include "core/intake/limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace raadspost::intake {
namespace {

using Kind = ImapToken::Kind;

constexpr std::array<std::string_view, 5> status_words = {"OK", "NO", "BAD", "BYE", "PREAUTH"};
constexpr std::size_t forget_beyond = 1u << 20;  // used bytes are dropped in large pieces only

bool is_control(char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
}

char upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

std::string upper(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(), [](char letter) { return upper(letter); });
    return result;
}

// In no known character set (RFC 3501 has US-ASCII here), and bound for screens.
std::string for_people(std::string_view text) {
    std::string kept{text.substr(0, limits::text_bytes)};
    std::ranges::replace_if(kept, is_control, ' ');
    std::ranges::replace_if(
        kept, [](char letter) { return static_cast<unsigned char>(letter) >= 0x80; }, '?');
    return kept;
}

// Up to the next space, which is taken away.
std::string_view word_of(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

bool is_tag(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char letter) {
        return is_letter(letter) || (letter >= '0' && letter <= '9');
    });
}

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= 32 && is_letter(text.front()) &&
           std::ranges::all_of(text, [](char letter) {
               return is_letter(letter) || (letter >= '0' && letter <= '9') || letter == '-';
           });
}

// "{12}" or "{12+}" at the end of a line, with "~" before it where bytes may hold NUL (RFC 3516).
struct LiteralMark {
    std::size_t begins = 0, size = 0;
};

std::optional<LiteralMark> literal_at_end(std::string_view line) {
    if (!line.ends_with('}')) return std::nullopt;
    const std::size_t open = line.rfind('{');
    if (open == std::string_view::npos) return std::nullopt;
    std::string_view digits = line.substr(open + 1, line.size() - open - 2);
    if (digits.ends_with('+')) digits.remove_suffix(1);
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return LiteralMark{open > 0 && line[open - 1] == '~' ? open - 1 : open, size};
}

// Reads a quoted string from behind its first quote; npos where it does not end.
std::size_t read_quoted(std::string_view line, std::size_t at, std::string& text) {
    for (; at < line.size(); ++at) {
        if (line[at] == '"') return at + 1;
        if (line[at] == '\\' && ++at == line.size()) break;
        if (line[at] == '\0') break;
        text += line[at];
    }
    return std::string_view::npos;
}

// An atom ends at a space or a bracket of a list; in "BODY[HEADER.FIELDS (TO)]<0>" those within [] are its
// own.
std::size_t read_atom(std::string_view line, std::size_t at) {
    bool in_section = false;
    for (; at < line.size(); ++at) {
        const char letter = line[at];
        if (is_control(letter) || static_cast<unsigned char>(letter) >= 0x80) return std::string_view::npos;
        if (letter == '[') in_section = true;
        if (letter == ']') in_section = false;
        if (in_section) continue;
        if (letter == ' ' || letter == '(' || letter == ')') break;
        if (letter == '"' || letter == '{') return std::string_view::npos;
    }
    return in_section ? std::string_view::npos : at;
}

}  // namespace

std::optional<std::uint32_t> imap_number(std::string_view digits) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return number;
}

bool ImapToken::is(std::string_view word) const {
    return kind == Kind::atom &&
           std::ranges::equal(text, word, [](char a, char b) { return upper(a) == upper(b); });
}

std::optional<ImapReply> ImapReplyParser::next() {
    while (!broken_) {
        if (literal_) {
            if (buffer_.size() - at_ < *literal_) return std::nullopt;
            broken_ = !add(Kind::literal, buffer_.substr(at_, *literal_));
            at_ += *literal_;
            scanned_ = at_;
            literal_.reset();
            forget_used();
            continue;
        }
        const std::size_t end = buffer_.find('\n', scanned_);
        if (end == std::string::npos) {
            scanned_ = buffer_.size();
            broken_ = scanned_ - at_ > limits::line_bytes;
            return std::nullopt;
        }
        std::string_view line{buffer_.data() + at_, end - at_};
        if (line.ends_with('\r')) line.remove_suffix(1);
        broken_ = line.size() > limits::line_bytes || !take_line(line);
        at_ = scanned_ = end + 1;
        forget_used();
        if (!broken_ && complete_) return finished();
    }
    return std::nullopt;
}

bool ImapReplyParser::take_line(std::string_view line) {
    if (!begun_) {
        if (!begin(line)) return false;
        if (complete_) return true;
    }
    const auto mark = literal_at_end(line);
    if (mark && mark->size > limits::literal_bytes) return false;
    if (!take_tokens(mark ? line.substr(0, mark->begins) : line)) return false;
    if (mark) {
        literal_ = mark->size;
        return true;
    }
    complete_ = true;
    return depth_ == 0;
}

// The part of a first line that tells what kind of reply it is; what is left of the line are tokens.
bool ImapReplyParser::begin(std::string_view& line) {
    begun_ = true;
    if (line == "+" || line.starts_with("+ ")) {
        pending_.tag = "+";
        pending_.text = for_people(line.substr(std::min<std::size_t>(2, line.size())));
        return complete_ = true;
    }
    const std::string_view tag = word_of(line);
    if (tag != "*" && !is_tag(tag)) return false;
    pending_.tag = tag;
    std::string_view word = word_of(line);
    if (tag == "*") {
        pending_.number = imap_number(word);
        if (pending_.number) word = word_of(line);
    }
    if (!is_word(word)) return false;
    pending_.word = upper(word);
    const bool is_status = std::ranges::find(status_words, pending_.word) != status_words.end();
    if (is_status) return !pending_.number && take_status(line);
    return tag == "*";
}

bool ImapReplyParser::take_status(std::string_view rest) {
    if (rest.starts_with('[')) {
        const std::size_t end = rest.find(']');
        if (end == std::string_view::npos) return false;
        std::string_view code = rest.substr(1, end - 1);
        pending_.code = upper(word_of(code)).substr(0, limits::text_bytes);
        pending_.code_value = code;  // of CAPABILITY this may be long; a line at most
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    pending_.text = for_people(rest);
    return complete_ = true;
}

bool ImapReplyParser::take_tokens(std::string_view line) {
    for (std::size_t at = 0; at < line.size();) {
        const char letter = line[at];
        bool fine = true;
        if (letter == ' ') {
            ++at;
        } else if (letter == '(') {
            fine = ++depth_ <= limits::nesting_depth && add(Kind::open, {});
            ++at;
        } else if (letter == ')') {
            fine = depth_-- > 0 && add(Kind::close, {});
            ++at;
        } else if (letter == '"') {
            std::string text;
            at = read_quoted(line, at + 1, text);
            fine = at != std::string_view::npos && add(Kind::quoted, std::move(text));
        } else {
            const std::size_t end = read_atom(line, at);
            fine = end != std::string_view::npos && end > at &&
                   add(Kind::atom, std::string{line.substr(at, end - at)});
            at = end;
        }
        if (!fine) return false;
    }
    return true;
}

bool ImapReplyParser::add(Kind kind, std::string text) {
    if (pending_.tokens.size() == limits::tokens_of_reply) return false;
    if (kind == Kind::literal && ++literals_ > limits::literals_of_reply) return false;
    pending_.tokens.push_back({kind, std::move(text)});
    return true;
}

std::optional<ImapReply> ImapReplyParser::finished() {
    begun_ = complete_ = false;
    literals_ = depth_ = 0;
    return std::exchange(pending_, ImapReply{});
}

void ImapReplyParser::forget_used() {
    if (at_ < forget_beyond && at_ < buffer_.size()) return;
    buffer_.erase(0, at_);
    scanned_ -= at_;
    at_ = 0;
}

}  // namespace raadspost::intake
