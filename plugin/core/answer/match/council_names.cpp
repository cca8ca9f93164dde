#include "core/answer/match/council_names.hpp"

#include "core/fold.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace raadspost::answer {
namespace {

std::string_view last_word(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    const std::size_t blank = text.rfind(' ');
    return blank == std::string_view::npos ? text : text.substr(blank + 1);
}

std::string_view first_words(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < count && at < text.size(); ++i)
        at = std::min(text.find(' ', at + 1), text.size());
    return text.substr(0, at);
}

void count(Naming& naming, std::string_view folded, std::string_view name) {
    constexpr std::array<std::string_view, 14> office = {
        "gemeente", "griffie",      "griffier",     "raadsgriffier",     "gemeenteraad",
        "raad",     "raadsgriffie", "burgemeester", "commissiegriffier", "raadslid",
        "gem",      "municipality", "council",      "raadsleden"};
    for (std::size_t at = folded.find(name); at != std::string_view::npos; at = folded.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if ((at > 0 && folded[at - 1] != ' ') || (end < folded.size() && folded[end] != ' ')) continue;
        if (end < folded.size()) {
            const std::string_view after = first_words(folded.substr(end + 1), 2);
            if (const std::string_view next = first_words(after, 1); next == "op" && after == "op zoom")
                continue;
        }
        const std::string_view before = last_word(folded.substr(0, at));
        if (before == "oost" || before == "west" || before == "noord" || before == "zuid" ||
            before == "nieuw")
            continue;
        ++naming.times;
        std::string_view rest = folded.substr(0, at);
        for (int i = 0; i < 3; ++i) {
            const std::string_view word = last_word(rest);
            if (std::find(office.begin(), office.end(), word) != office.end()) naming.as_council = true;
            if (word.empty() ||
                (word != "van" && word != "de" && word != "het" && word != "gemeente" && word != "of"))
                break;
            rest = rest.substr(0, rest.size() - (rest.ends_with(' ') ? 1 : 0));
            rest = rest.substr(0, rest.size() - std::min(rest.size(), word.size()));
        }
    }
}

}  // namespace

Naming naming_of(std::string_view text, std::string_view name, const CouncilIndex& country) {
    Naming naming;
    const std::size_t bracket = name.find('(');
    const std::string whole = folded(name);
    count(naming, text, whole);
    if (bracket != std::string_view::npos && naming.times == 0) {
        const std::string base = folded(name.substr(0, bracket));
        if (!base.empty() && country.find(base).size() <= 1) count(naming, text, base);
    } else if (naming.times > 0 && bracket == std::string_view::npos && country.find(name).size() > 1) {
        return {};
    }
    return naming;
}

}  // namespace raadspost::answer
