#include "core/answer/extract/case_number.hpp"

#include "core/answer/patterns/pattern_set.hpp"
#include "core/letter_set.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <vector>

namespace raadspost::answer {
namespace {

using Piece = re2::StringPiece;

// "z/26/123456", "2026-0815", "lc2603 0412", "buch-2026-11873", "d2026-00731": letters, digits and marks, at
// most one blank between two pieces with digits in them.
#define RAADSPOST_CASE_NUMBER \
    R"(([a-z]{0,10}[-./:_]?[a-z]{0,4}[-./_]?\d[a-z0-9]*(?:[-./_][a-z0-9]+){0,5}(?: \d{3,8}\b)?))"

const PatternSet& patterns() {
    static const std::vector<std::string> all = {
        // "Ons kenmerk", "zaaknummer", ...: the name of the number stands before it.
        R"(\b(?:(?:ons|onze|our)[ :]*(?:kenmerk|referentie(?:nummer)?|ref|reference(?: number)?|zaaknummer|zaak|zaaknr|nummer|dossiernummer|dossier|registratienummer|case(?: number)?)\.?|(?:zaak|dossier|registratie|referentie|behandel|intake|document|corsa|djuma|verseon|meldings?|correspondentie|inboek|inschrijf|poststuk|post|briefs?|verwerkings?|zaaksysteem|volg|aanvraag|case|ticket|reference|registration|decos|join|squit|mozard|zaakdossier|tracking)[- ]?(?:nummers?|nr\.?|id|kenmerk|number|no\.?|code)|kenmerk|zaakkenmerk|zaak|zaakid|zaak-id|dossier|referentie|reference|case|zknr|corsanr|registratie)(?:[:.#]|,)? ?(?:is|was|luidt|wordt|met|onder|van|bij ons|(?:in ons systeem )?het|nummer|nr\.?|number|:|=| )*[:=#]? ?)" RAADSPOST_CASE_NUMBER,
        // "geregistreerd onder nummer", "krijgt nummer"
        R"(\b(?:geregistreerd|ingeboekt|ingeschreven|geboekt|bekend|opgeslagen|vastgelegd|opgevoerd|aangemaakt|gearchiveerd|staat|registered|recorded|filed)\b[^.:;]{0,60}?(?:onder|met|als|op|under|as|:)(?: (?:het|ons|the|volgende|number|zaak|kenmerk|registratie|dossier|referentie|intern|eigen))* ?(?:nummer|nr\.?|number)?[:#]? ?)" RAADSPOST_CASE_NUMBER,
        R"(\b(?:krijgt|kreeg|heeft|draagt|gekregen|toegekend|is|betreft|onder|vermelding van|o\.v\.v\.|received) (?:het |ons |intern |als |van )?(?:kenmerk|nummer|nr\.?|number)[:#]? )" RAADSPOST_CASE_NUMBER,
        // In brackets, or clang takes the two for elements that miss their comma.
        (R"((?:ontvangen|ontvangst|ingeboekt|geregistreerd)[^.]{0,40}\((?:nr\.?|nummer)?:? ?)" RAADSPOST_CASE_NUMBER
         R"(\))"),
        (R"(\buw (?:brief|oproep|e-?mail|mail|bericht|schrijven|verzoek|vraag|post|stuk) \((?:nr\.? |nummer )?)" RAADSPOST_CASE_NUMBER
         R"(\))"),
    };
    static const PatternSet set = [] {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_encoding(re2::RE2::Options::EncodingLatin1);
        return PatternSet{options, all};
    }();
    return set;
}

constexpr std::ptrdiff_t least_digits = 3;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_case_number(std::string_view number, std::string_view before, std::string_view named) {
    const auto digits = std::ranges::count_if(number, is_digit);
    if (digits < least_digits) return false;
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

// "2026", "(2026),": no case number can be made of it. Behind a mark it could be the end of one.
bool is_year_alone(std::string_view word) {
    constexpr LetterSet of_numbers{"abcdefghijklmnopqrstuvwxyz0123456789"};
    constexpr LetterSet begins{"abcdefghijklmnopqrstuvwxyz0123456789-./:_"};
    word.remove_prefix(begins.first_in(word));
    return word.starts_with("20") && word.size() >= 4 && is_digit(word[2]) && is_digit(word[3]) &&
           !of_numbers.any_in(word.substr(4));
}

// Whether a case number can stand there: one of its words has all the digits that it needs.
bool has_number(std::string_view text) {
    if (!decimal_digits.any_in(text)) return false;
    bool behind_digits = false;  // in the word before
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string_view word = text.substr(at, end - at);
        const auto digits = std::ranges::count_if(word, is_digit);
        if (digits >= least_digits && (behind_digits || !is_year_alone(word))) return true;
        behind_digits = digits > 0;
        at = end + 1;
    }
    return false;
}

// Where a case number may stand, with the patterns that may find it.
struct Place {
    std::string_view source;
    const FoldedText& folded;
    PatternBits possible;
};

Place place(std::string_view source, const FoldedText& folded) {
    return {source, folded, has_number(folded.text) ? patterns().possible_in(folded.text) : PatternBits{}};
}

std::string found_in(const Place& place, std::size_t which) {
    const std::string_view text = place.folded.text;
    std::size_t from = 0;
    while (place.possible.test(which) && from < text.size()) {
        std::array<Piece, 2> groups;
        if (!patterns().pattern(which).Match({text.data(), text.size()}, from, text.size(),
                                             re2::RE2::UNANCHORED, groups.data(), 2))
            return {};
        const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
        std::string_view number = without_end_marks({groups[1].data(), groups[1].size()});
        if (!number.empty() && (number.front() == '-' || number.front() == '/'))
            number = with_short_name(text, number);
        if (is_case_number(number, text.substr(0, begin), {groups[0].data(), groups[0].size()}))
            return std::string{place.folded.original(place.source, number)};
        from = begin + groups[0].size();
    }
    return {};
}

std::string first_found(std::span<const Place> places) {
    for (std::size_t which = 0; which < patterns().size(); ++which)
        for (const Place& each : places)
            if (std::string found = found_in(each, which); !found.empty()) return found;
    return {};
}

}  // namespace

std::string case_number(std::span<const Sentence> text, std::string_view subject) {
    std::vector<Place> places;
    places.reserve(text.size());
    for (const Sentence& sentence : text) places.push_back(place(sentence.source, sentence.folded));
    if (std::string found = first_found(places); !found.empty()) return found;
    const FoldedText folded = folded_text(subject);
    const Place in_subject = place(subject, folded);
    return first_found({&in_subject, 1});
}

}  // namespace raadspost::answer
