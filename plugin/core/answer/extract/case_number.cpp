#include "core/answer/extract/case_number.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace raadspost::answer {
namespace {

using Piece = re2::StringPiece;

constexpr std::size_t pattern_count = 5;

// "z/26/123456", "2026-0815", "lc2603 0412", "buch-2026-11873", "d2026-00731": letters, digits and marks, at
// most one blank between two pieces with digits in them.
#define RAADSPOST_CASE_NUMBER \
    R"(([a-z]{0,10}[-./:_]?[a-z]{0,4}[-./_]?\d[a-z0-9]*(?:[-./_][a-z0-9]+){0,5}(?: \d{3,8}\b)?))"

const re2::RE2& pattern(std::size_t i) {
    using Options = re2::RE2::Options;
    static const Options options = [] {
        Options made;
        made.set_log_errors(false);
        made.set_encoding(Options::EncodingLatin1);
        return made;
    }();
    static const std::array<re2::RE2, pattern_count> patterns = {
        // "Ons kenmerk", "zaaknummer", ...: the name of the number stands before it.
        re2::RE2{
            R"(\b(?:(?:ons|onze|our)[ :]*(?:kenmerk|referentie(?:nummer)?|ref|reference(?: number)?|zaaknummer|zaak|zaaknr|nummer|dossiernummer|dossier|registratienummer|case(?: number)?)\.?|(?:zaak|dossier|registratie|referentie|behandel|intake|document|corsa|djuma|verseon|meldings?|correspondentie|inboek|inschrijf|poststuk|post|briefs?|verwerkings?|zaaksysteem|volg|aanvraag|case|ticket|reference|registration|decos|join|squit|mozard|zaakdossier|tracking)[- ]?(?:nummers?|nr\.?|id|kenmerk|number|no\.?|code)|kenmerk|zaakkenmerk|zaak|zaakid|zaak-id|dossier|referentie|reference|case|zknr|corsanr|registratie)(?:[:.#]|,)? ?(?:is|was|luidt|wordt|met|onder|van|bij ons|(?:in ons systeem )?het|nummer|nr\.?|number|:|=| )*[:=#]? ?)" RAADSPOST_CASE_NUMBER,
            options},
        // "geregistreerd onder nummer", "krijgt nummer"
        re2::RE2{
            R"(\b(?:geregistreerd|ingeboekt|ingeschreven|geboekt|bekend|opgeslagen|vastgelegd|opgevoerd|aangemaakt|gearchiveerd|staat|registered|recorded|filed)\b[^.:;]{0,60}?(?:onder|met|als|op|under|as|:)(?: (?:het|ons|the|volgende|number|zaak|kenmerk|registratie|dossier|referentie|intern|eigen))* ?(?:nummer|nr\.?|number)?[:#]? ?)" RAADSPOST_CASE_NUMBER,
            options},
        re2::RE2{
            R"(\b(?:krijgt|kreeg|heeft|draagt|gekregen|toegekend|is|betreft|onder|vermelding van|o\.v\.v\.|received) (?:het |ons |intern |als |van )?(?:kenmerk|nummer|nr\.?|number)[:#]? )" RAADSPOST_CASE_NUMBER,
            options},
        re2::RE2{
            R"((?:ontvangen|ontvangst|ingeboekt|geregistreerd)[^.]{0,40}\((?:nr\.?|nummer)?:? ?)" RAADSPOST_CASE_NUMBER
            R"(\))",
            options},
        re2::RE2{
            R"(\buw (?:brief|oproep|e-?mail|mail|bericht|schrijven|verzoek|vraag|post|stuk) \((?:nr\.? |nummer )?)" RAADSPOST_CASE_NUMBER
            R"(\))",
            options},
    };
    return patterns[i];
}

bool is_case_number(std::string_view number, std::string_view before, std::string_view named) {
    const auto digits =
        std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits < 3) return false;
    if (number.size() == 4 && digits == 4 && number.starts_with("20")) return false;  // a year
    static const re2::RE2 date{R"(\d{1,2}[-/.]\d{1,2}[-/.](?:20)?\d\d)"};
    if (re2::RE2::FullMatch(Piece{number.data(), number.size()}, date)) return false;
    // Theirs about ours: "uw kenmerk", "your reference"; but "uw zaaknummer" they gave us. `named` begins
    // with the name of the number.
    static const re2::RE2 given{
        R"(^(?:zaak|meldings?|ticket|registratie|dossier|aanvraag|intake|inboek|case|volg)\S*)"};
    if (re2::RE2::PartialMatch(Piece{named.data(), named.size()}, given)) return true;
    static const re2::RE2 ours{R"((?:\buw|\bjullie|\byour|\bje) (?:eigen )?$)"};
    return !re2::RE2::PartialMatch(Piece{before.data(), before.size()}, ours);
}

std::string_view without_end_marks(std::string_view number) {
    while (!number.empty() && std::string_view{".-/_:"}.find(number.back()) != std::string_view::npos)
        number.remove_suffix(1);
    return number;
}

// "ZAAK-5314814": the number's name is part of it.
std::string_view with_short_name(std::string_view text, std::string_view number) {
    constexpr std::size_t longest = 5;
    const auto begin = static_cast<std::size_t>(number.data() - text.data());
    std::size_t from = begin;
    while (from > 0 && text[from - 1] >= 'a' && text[from - 1] <= 'z') --from;
    return begin - from > longest ? number : text.substr(from, begin - from + number.size());
}

std::string found_in(std::string_view source, const FoldedText& folded, std::size_t which) {
    const std::string_view text = folded.text;
    if (text.find_first_of("0123456789") == std::string_view::npos) return {};
    std::size_t from = 0;
    while (from < text.size()) {
        std::array<Piece, 2> groups;
        if (!pattern(which).Match({text.data(), text.size()}, from, text.size(), re2::RE2::UNANCHORED,
                                  groups.data(), 2))
            return {};
        const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
        std::string_view number = without_end_marks({groups[1].data(), groups[1].size()});
        if (!number.empty() && (number.front() == '-' || number.front() == '/'))
            number = with_short_name(text, number);
        if (is_case_number(number, text.substr(0, begin), {groups[0].data(), groups[0].size()}))
            return std::string{folded.original(source, number)};
        from = begin + groups[0].size();
    }
    return {};
}

}  // namespace

std::string case_number(std::span<const Sentence> text, std::string_view subject) {
    for (std::size_t which = 0; which < pattern_count; ++which)
        for (const Sentence& sentence : text)
            if (std::string found = found_in(sentence.source, sentence.folded, which); !found.empty())
                return found;
    const FoldedText folded = folded_text(subject);
    for (std::size_t which = 0; which < pattern_count; ++which)
        if (std::string found = found_in(subject, folded, which); !found.empty()) return found;
    return {};
}

}  // namespace raadspost::answer
