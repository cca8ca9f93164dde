#include "core/answer/extract/new_address.hpp"

#include "core/fold.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace raadspost::answer {
namespace {

using Piece = re2::StringPiece;

const re2::RE2& mailbox() {
    static const re2::RE2 made{R"(([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+))"};
    return made;
}

bool matches(std::string_view text, const re2::RE2& what) {
    return re2::RE2::PartialMatch(Piece{text.data(), text.size()}, what);
}

// How much the words about an address say that it is the new one.
int newness(std::string_view before, std::string_view after) {
    static const re2::RE2 old_after{
        R"(^>?,? ?(?:\S+ ){0,5}(?:vervalt|vervallen|opgeheven|niet meer|niet langer|verdwijnt|gesloten|bestaat niet|uit gebruik|is gewijzigd|wijzigt|wordt niet|no longer|kan (?:dan )?vervallen))"};
    static const re2::RE2 new_before{
        R"((?:naar|aan|gebruik(?:en)?|nieuwe?|voortaan|luidt|wordt|is|in|door|via|op|to|use|at|contact|met|gewijzigd|mailen|adres:?|e-?mail:?) ?(?:\S+ ){0,3}[<(]?$)"};
    static const re2::RE2 really_old{
        R"((?:oude?|niet (?:meer|langer)|in plaats van|i\.p\.v\.|ipv|instead of|no longer|old|(?:gewijzigd|veranderd|wijzigt|veranderde) van) (?:\S+ ){0,3}<?$)"};
    int score = 0;
    if (matches(before, really_old))
        score -= 3;
    else if (matches(before, new_before))
        score += 2;
    if (matches(after, old_after)) score -= 3;
    return score;
}

}  // namespace

std::vector<std::string> addresses_in(std::string_view text) {
    const auto is_domain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.';
    };
    const auto is_local = [&](char c) { return is_domain(c) || c == '_' || c == '%' || c == '+'; };
    std::vector<std::string> out;
    for (std::size_t at = text.find('@'); at != std::string_view::npos && out.size() < max_addresses_in_text;
         at = text.find('@', at + 1)) {
        constexpr std::size_t longest_local = 64, longest_domain = 253;  // RFC 5321 4.5.3.1
        std::size_t from = at, to = at + 1;
        while (from > 0 && at - from < longest_local && is_local(text[from - 1])) --from;
        while (to < text.size() && to - at <= longest_domain && is_domain(text[to])) ++to;
        while (to > at + 1 && (text[to - 1] == '.' || text[to - 1] == '-')) --to;
        if (from == at || text.substr(at + 1, to - at - 1).find('.') == std::string_view::npos) continue;
        out.push_back(folded_mailbox(text.substr(from, to - from)));
    }
    return out;
}

std::string new_address(std::span<const Sentence> text, std::span<const std::size_t> which,
                        std::span<const std::string> known) {
    std::string best;
    int best_score = -2;  // an address called old is never the new one
    for (const std::size_t i : which) {
        const std::string_view source = text[i].source;
        if (source.find('@') == std::string_view::npos) continue;
        Piece rest{source.data(), source.size()}, found;
        while (re2::RE2::FindAndConsume(&rest, mailbox(), &found)) {
            const std::string address = folded_mailbox({found.data(), found.size()});
            if (std::find(known.begin(), known.end(), address) != known.end()) continue;
            const auto begin = static_cast<std::size_t>(found.data() - source.data());
            const FoldedText before = folded_text(source.substr(0, begin)),
                             after = folded_text(source.substr(begin + found.size()));
            const int score = newness(before.text + " ", after.text);
            if (score > best_score) best = address, best_score = score;
        }
    }
    return best;
}

}  // namespace raadspost::answer
