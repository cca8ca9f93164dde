#include "core/appeal/greeting.hpp"

#include <algorithm>
#include <array>
#include <cctype>
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

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (true) {
        const auto begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) return words;
        text.remove_prefix(begin);
        const auto end = std::min(text.find_first_of(" \t\r\n"), text.size());
        words.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
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

std::string joined(const std::vector<std::string_view>& words) {
    std::string out;
    for (const std::string_view word : words) out.append(out.empty() ? "" : " ").append(word);
    return out;
}

}  // namespace

std::string greeting_of(std::string_view griffier) {
    const std::string nameless = "Geachte griffier";
    auto words = words_of(griffier.substr(0, griffier.find(',')));
    if (words.empty()) return nameless;
    const std::vector<std::string_view> whole = words;
    if (const std::string said = plain(joined(words)); said == "griffier" || said == "de griffier")
        return nameless;
    if (words.size() > 1 && plain(words.front()) == "de" && form_of_address(words[1]) == "heer")
        words.erase(words.begin());
    const std::string_view form = form_of_address(words.front());
    if (form.empty()) return "Geachte " + joined(whole);
    // Titles and initials end in a dot; a name does not.
    words.erase(words.begin());
    const auto name = std::ranges::find_if(words, [](std::string_view word) { return !word.ends_with('.'); });
    words.erase(words.begin(), name);
    while (!words.empty() && std::ranges::find(degrees, plain(words.back())) != degrees.end())
        words.pop_back();
    if (words.empty()) return nameless;
    std::string out = joined(words);
    out.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(out.front())));
    return "Geachte " + std::string{form} + ' ' + out;
}

}  // namespace raadspost::appeal
