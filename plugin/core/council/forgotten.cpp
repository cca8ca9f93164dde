#include "core/council/forgotten.hpp"

#include "core/ascii.hpp"
#include "core/fold.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace raadspost {
namespace {

constexpr std::size_t shortest_name = 5;          // letters; "Li Wu" counts
constexpr std::size_t fewest_digits = 8;          // of a telephone number without its prefix
constexpr std::size_t shortest_telling_word = 3;  // of a name, in a mailbox

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

// Beyond ASCII everything counts as a letter: what follows a name there is another name.
bool is_letter(char c) {
    return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto from = text.find_first_not_of(" \t\r\n", at);
        if (from == std::string_view::npos) break;
        const auto to = std::min(text.find_first_of(" \t\r\n", from), text.size());
        words.emplace_back(text.substr(from, to - from));
        at = to;
    }
    return words;
}

std::string joined(const std::vector<std::string>& words, std::size_t from) {
    std::string text;
    for (std::size_t n = from; n < words.size(); ++n) text += (text.empty() ? "" : " ") + words[n];
    return text;
}

bool is_title(const std::string& word) {
    const std::string plain = folded(word);
    for (const std::string_view whole : {"mevrouw", "meneer", "heer", "mw", "dhr"})
        if (plain == whole) return true;
    return word.size() > 2 && word.find('.') == word.size() - 1;  // "drs.", not "A." nor "J.A."
}

// "%anna%de%boer%": the ASCII letters and digits in their order, whatever stands between.
std::string pattern_of(std::string_view text, bool each_sign) {
    std::string pattern = "%";
    for (const char c : text) {
        const bool plain = is_letter(c) && static_cast<unsigned char>(c) < 0x80;
        if (plain) pattern += lowered(c);
        if ((!plain || each_sign) && pattern.back() != '%') pattern += '%';
    }
    if (pattern.back() != '%') pattern += '%';
    return pattern;
}

std::string national_digits(std::string_view phone) {
    std::string digits;
    for (const char c : phone)
        if (is_digit(c)) digits += c;
    for (const std::string_view prefix : {"0031", "31", "0"})
        if (digits.starts_with(prefix) && digits.size() >= fewest_digits + prefix.size())
            return digits.substr(prefix.size());
    return digits;
}

}  // namespace

struct Forgotten::Word {
    enum Kind { name, mailbox, phone } kind;
    std::unique_ptr<RE2> rule;

    bool ends_within_another(std::string_view text, std::size_t from, std::size_t to) const {
        const char before = from == 0 ? ' ' : text[from - 1], after = to == text.size() ? ' ' : text[to];
        if (kind == phone) return is_digit(before) || is_digit(after);
        if (kind == mailbox && std::string_view{".+_-%"}.find(before) != std::string_view::npos) return true;
        return is_letter(before) || is_letter(after) || (kind == mailbox && after == '-');
    }

    // The first mention from `at` on.
    std::optional<std::pair<std::size_t, std::size_t>> find(std::string_view text, std::size_t at) const {
        re2::StringPiece found;
        while (rule->Match({text.data(), text.size()}, at, text.size(), RE2::UNANCHORED, &found, 1)) {
            const auto from = static_cast<std::size_t>(found.data() - text.data());
            if (!ends_within_another(text, from, from + found.size()))
                return std::pair{from, from + found.size()};
            at = from + 1;
        }
        return std::nullopt;
    }
};

std::string without_titles(std::string_view name) {
    const auto words = words_of(name);
    std::size_t first = 0;
    // "De heer Jansen", but not "De Boer".
    if (words.size() > 1 && folded(words[0]) == "de" && folded(words[1]) == "heer") ++first;
    while (first < words.size() && is_title(words[first])) ++first;
    return joined(words, first);
}

std::string surname_of(std::string_view name) {
    const auto words = words_of(without_titles(name));
    if (words.size() < 2) return {};
    std::size_t first = words.size() - 1;
    while (first > 1 && is_lower(words[first - 1].front())) --first;
    return joined(words, first);
}

bool bears_name(std::string_view mailbox, const std::vector<std::string>& names) {
    std::string local = folded(mailbox.substr(0, mailbox.find('@')));
    std::erase(local, ' ');
    for (const std::string& name : names) {
        const auto words = words_of(folded(surname_of(name)));
        if (!words.empty() && words.back().size() >= shortest_telling_word &&
            local.find(words.back()) != std::string::npos)
            return true;
    }
    return false;
}

Forgotten::Forgotten(const Person& person) {
    const auto add = [&](Word::Kind kind, const std::string& rule, std::string pattern) {
        words_.push_back({kind, std::make_unique<RE2>("(?i)" + rule)});
        patterns_.push_back(std::move(pattern));
    };
    std::vector<std::string> names;
    for (const std::string& each : person.names)
        for (std::string name : {each, without_titles(each), folded(each), folded(without_titles(each))})
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    // The longest first: "mw. A. de Boer" leaves no "mw." behind.
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (const std::string& name : names) {
        const auto words = words_of(name);
        if (words.size() < 2 || name.size() < shortest_name) continue;
        std::string rule;
        for (const std::string& word : words) rule += (rule.empty() ? "" : "\\s+") + RE2::QuoteMeta(word);
        add(Word::name, rule, pattern_of(name, false));
    }
    for (const std::string& mailbox : person.mailboxes)
        if (mailbox.find('@') != std::string::npos)
            add(Word::mailbox, RE2::QuoteMeta(mailbox), pattern_of(mailbox, false));
    for (const std::string& phone : person.phones) {
        const std::string digits = national_digits(phone);
        if (digits.size() < fewest_digits) continue;
        constexpr std::string_view between = "[ .()/-]*";
        std::string rule = fmt::format("(?:(?:(?:\\+|00)31|0){0}(?:0{0})?)?", between);
        for (std::size_t n = 0; n < digits.size(); ++n)
            (rule += n > 0 ? between : std::string_view{}) += digits[n];
        add(Word::phone, rule, pattern_of(digits, true));
    }
}

Forgotten::~Forgotten() = default;

bool Forgotten::nobody() const noexcept {
    return words_.empty();
}

bool Forgotten::named_in(std::string_view text) const {
    return std::any_of(words_.begin(), words_.end(), [&](const Word& word) { return word.find(text, 0); });
}

std::string Forgotten::without(std::string_view text, std::string_view mark) const {
    std::string rest{text};
    for (const Word& word : words_) {
        std::string made;
        std::size_t at = 0;
        while (const auto found = word.find(rest, at)) {
            made.append(rest, at, found->first - at).append(mark);
            at = found->second;
        }
        rest = made.append(rest, at);
    }
    return rest;
}

}  // namespace raadspost
