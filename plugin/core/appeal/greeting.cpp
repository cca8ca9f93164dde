#include "core/appeal/greeting.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>
#include <vector>

namespace raadspost::appeal {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> forms_of_address{{
    {"mevrouw", "mevrouw"},
    {"mevr", "mevrouw"},
    {"mw", "mevrouw"},
    {"mvr", "mevrouw"},
    {"heer", "heer"},
    {"dhr", "heer"},
    {"hr", "heer"},
}};
// Degrees that stand behind a name, without their dots.
constexpr std::array<std::string_view, 10> degrees = {"msc", "ma",  "ba",  "bsc", "llm",
                                                      "mba", "mpm", "mpa", "bed", "phd"};
// What stands where a name would, when there is none.
constexpr std::array<std::string_view, 9> nobody = {"griffier",     "de griffier", "griffie",
                                                    "raadsgriffie", "vacant",      "raadsgriffier",
                                                    "vacature",     "onbekend",    "nvt"};

// Without what stands in parentheses: "(Anneke)", "(waarnemend)".
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    int depth = 0;
    for (const char letter : text) {
        depth += letter == '(';
        if (depth == 0 && std::string_view{" \t\r\n"}.find(letter) == std::string_view::npos)
            words.back() += letter;
        else if (!words.back().empty())
            words.emplace_back();
        depth -= letter == ')' && depth > 0;
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

// Small letters, without dots.
std::string plain(std::string_view word) {
    std::string out;
    for (const char letter : word)
        if (letter != '.') out += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return out;
}

std::string_view form_of_address(std::string_view word) {
    const std::string said = plain(word);
    const auto found = std::ranges::find(forms_of_address, said, [](const auto& form) { return form.first; });
    return found == forms_of_address.end() ? std::string_view{} : found->second;
}

// "v.d. Berg": the only words of a name that are shortened with a dot.
std::string_view prefix_in_full(std::string_view word) {
    if (word == "v.") return "van";
    return word == "v.d." || word == "v.d" || word == "v/d" || word == "vd" ? "van der" : "";
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

bool is_one_of(std::span<const std::string_view> list, const std::string& word) {
    return std::ranges::find(list, word) != list.end();
}

}  // namespace

std::string greeting_of(std::string_view griffier) {
    const std::string nameless = "Geachte griffier";
    auto words = words_of(griffier.substr(0, griffier.find(',')));
    if (words.empty() || is_one_of(nobody, plain(joined(words)))) return nameless;
    const std::string whole = joined(words);
    if (words.size() > 1 && plain(words.front()) == "de" && form_of_address(words[1]) == "heer")
        words.erase(words.begin());
    const std::string_view form = form_of_address(words.front());
    if (form.empty()) return "Geachte " + whole;
    // Titles and initials end in a dot; a name does not.
    const auto name = std::find_if(words.begin() + 1, words.end(), [](const std::string& word) {
        return !word.ends_with('.') || !prefix_in_full(word).empty();
    });
    words.erase(words.begin(), name);
    while (words.size() > 1 && is_one_of(degrees, plain(words.back()))) words.pop_back();
    if (words.empty()) return nameless;
    if (const auto prefix = prefix_in_full(words.front()); !prefix.empty()) words.front() = prefix;
    std::string out = joined(words);
    out.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(out.front())));
    return "Geachte " + std::string{form} + ' ' + out;
}

}  // namespace raadspost::appeal
