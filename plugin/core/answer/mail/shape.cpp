#include "core/answer/mail/shape.hpp"

#include "core/answer/limits.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_set>
#include <vector>

namespace raadspost::answer::mail {
namespace {

std::string more_than(std::string_view what, std::size_t limit, std::string_view unit) {
    return std::string{what} + " more than " + std::to_string(limit) + std::string{unit};
}

bool is_space(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

std::string_view trimmed_right(std::string_view text) {
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

bool begins_folded(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() &&
           std::equal(lower.begin(), lower.end(), text.begin(), [](char want, char is) {
               return want == (is >= 'A' && is <= 'Z' ? static_cast<char>(is + 32) : is);
           });
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

constexpr std::string_view word = "boundary";

class Shape {
public:
    explicit Shape(std::string_view bytes) : bytes_{bytes} {}

    std::optional<std::string> measure() {
        find_boundaries();
        if (problem_) return problem_;
        std::size_t at = 0;
        while (at < bytes_.size()) {
            const void* end = std::memchr(bytes_.data() + at, '\n', bytes_.size() - at);
            const std::size_t next =
                end == nullptr ? bytes_.size()
                               : static_cast<std::size_t>(static_cast<const char*>(end) - bytes_.data()) + 1;
            line(bytes_.substr(at, next - at));
            if (problem_) return problem_;
            at = next;
        }
        return std::nullopt;
    }

private:
    void line(std::string_view line) {
        if (line.starts_with("--")) dashes(trimmed_right(line.substr(2)));
        if (!in_header_) return;
        header_bytes_ += line.size();
        if (header_bytes_ > limits::header_block_bytes)
            problem_ = more_than("it has headers of", limits::header_block_bytes, " octets");
        if (!trimmed_right(line).empty()) {
            if (begins_folded(line, "content-type:") && line.find('/') != std::string_view::npos) {
                const std::string_view type = line.substr(13);
                holds_message_ = begins_folded(
                    type.substr(std::min(type.find_first_not_of(" \t"), type.size())), "message/");
            }
            return;
        }
        // What a message/rfc822 holds begins with headers again.
        in_header_ = holds_message_;
        holds_message_ = false;
        header_bytes_ = 0;
    }

    // A line that parts, if a boundary of that name was declared.
    void dashes(std::string_view name) {
        comparisons_ += open_.size() + 1;
        if (comparisons_ > limits::boundary_comparisons) problem_ = "it would take too long to take apart";
        auto found = boundaries_.find(name);
        bool closes = false;
        if (found == boundaries_.end() && name.ends_with("--")) {
            closes = true;
            found = boundaries_.find(name.substr(0, name.size() - 2));
        }
        if (found == boundaries_.end() && !(any_name_ && !name.empty() && name.front() != '-')) return;
        if (!closes && ++parts_ > limits::part_count)
            problem_ = more_than("it has", limits::part_count, " parts");
        if (found != boundaries_.end()) {
            const auto is_open = std::ranges::find(open_, name.substr(0, found->size()));
            open_.erase(is_open, open_.end());
            if (!closes) open_.push_back(*found);
        }
        if (open_.size() > limits::nesting_depth)
            problem_ = more_than("its parts lie", limits::nesting_depth, " deep");
        in_header_ = !closes;
        holds_message_ = false;
        header_bytes_ = 0;
    }

    // boundary=..., wherever it stands: what is no header to us may be one to the parser.
    void find_boundaries() {
        for (std::size_t equals = 0; (equals = bytes_.find('=', equals)) != std::string_view::npos;
             ++equals) {
            std::size_t end = equals;
            while (end > 0 && is_space(bytes_[end - 1])) --end;
            std::size_t name_end = end;
            while (name_end > 0 && (bytes_[name_end - 1] == '*' || is_digit(bytes_[name_end - 1])))
                --name_end;
            // A comment before the sign: taken for one of any name.
            if (end > 0 && bytes_[end - 1] == ')') any_name_ = true;
            if (name_end < word.size() || !begins_folded(bytes_.substr(name_end - word.size()), word))
                continue;
            if (name_end != end) any_name_ = true;  // RFC 2231: in pieces
            std::string_view rest = bytes_.substr(equals + 1);
            skip_space(rest);
            const bool quoted = rest.starts_with('"');
            if (quoted) rest.remove_prefix(1);
            const std::string_view name =
                trimmed_right(rest.substr(0, rest.find_first_of(quoted ? "\"\n" : " \t;\r\n")));
            if (name.find_first_of("\\?(") != std::string_view::npos) any_name_ = true;
            if (!name.empty()) boundaries_.insert(name);
            if (boundaries_.size() > limits::part_count)
                problem_ = more_than("it has", limits::part_count, " parts");
        }
    }

    static void skip_space(std::string_view& rest) {
        while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
    }

    std::string_view bytes_;
    std::unordered_set<std::string_view> boundaries_;
    std::vector<std::string_view> open_;
    bool any_name_ = false;
    bool in_header_ = true;
    bool holds_message_ = false;
    std::size_t header_bytes_ = 0;
    std::size_t parts_ = 0;
    std::size_t comparisons_ = 0;
    std::optional<std::string> problem_;
};

}  // namespace

std::optional<std::string> beyond_limits(std::string_view bytes) {
    if (bytes.size() > limits::message_bytes) return more_than("it has", limits::message_bytes, " octets");
    return Shape{bytes}.measure();
}

}  // namespace raadspost::answer::mail
