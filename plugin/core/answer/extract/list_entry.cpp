#include "core/answer/extract/list_entry.hpp"

#include "core/answer/patterns/pattern_set.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

namespace raadspost::answer {
namespace {

using Piece = re2::StringPiece;

// A number of a list: digits with a letter, a roman numeral or marks about them. "12-2-2026" is a date and
// fails in `is_number`.
constexpr char number_pattern[] =
    R"(((?:[a-z]{1,4}[-./]?|[a-z] )?(?:\d{1,4}|[ivx]{1,4}[/.-]\d{1,3})(?:[-./]\d{1,4})*(?:[.-]?[a-z])?))";

const re2::RE2& pattern(std::size_t i) {
    using Options = re2::RE2::Options;
    static const Options options = [] {
        Options made;
        made.set_log_errors(false);
        made.set_encoding(Options::EncodingLatin1);
        return made;
    }();
    static const std::string number = number_pattern, end = R"((?:$|[ ,;:)!?]|\.(?: |$)))";
    static const std::array<re2::RE2, 5> patterns = {
        // surest first
        re2::RE2{
            R"(\b(?:volgnummer|volgnr|lijstnummer|nummer|nrs?|numero|no|number|item number|postnummer|stuknummer)[.:]* ?(?:is |was |wordt )?#?)" +
                number + end,
            options},
        re2::RE2{
            R"(\b(?:onder|als|ingekomen (?:stuk|brief|post)|stuk|stuknr|punt|positie|item|plaats|raadsstuk|poststuk|categorie|code|rubriek|lis|staat op) (?:ingekomen stuk )?(?:de |nr\.? |nummer |letter )?#?)" +
                number + end,
            options},
        re2::RE2{R"(\b(?:ingekomen (?:stukken|post|brieven)|lijst|lis)[^.]{0,50}?[ (]#?)" + number +
                     R"((?:\)|,|;|:| [-'(]|$|\.$))",
                 options},
        re2::RE2{R"(\b(?:nummer|nr\.?|onder|als|punt|stuk) ([a-z]{3,20})\b)", options},  // in words
        re2::RE2{R"((?:^|[ (])#)" + number + end, options},
    };
    return patterns[i];
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Years, times, dates: nothing of a list.
bool is_number(std::string_view found, std::string_view before, std::string_view after) {
    if (!has_digit(found)) return false;
    const auto marks = std::count_if(found.begin(), found.end(), [](char c) { return c == '-' || c == '/'; });
    if (found.size() == 4 && found.starts_with("20")) return false;
    static const re2::RE2 date{R"(\d{1,2}[-/.]\d{1,2}[-/.](?:20)?\d\d)"};
    if (re2::RE2::FullMatch(Piece{found.data(), found.size()}, date) && marks == 2) return false;
    static const re2::RE2 refused_before{
        R"((?:agendapunt|agendanummer|artikel|art\.?|lid|zaak|zaaknummer|zaaknr\.?|kenmerk|dossier|dossiernummer|registratienummer|telefoonnummer|week|weeknummer|(?:zaak|case|our|ons) (?:nr\.?|nummer|number|reference)|onder (?:zaak|kenmerk|registratie)\S*|huisnummer|om|tot|van|op) (?:nr\.? |nummer )?$)"};
    if (re2::RE2::PartialMatch(Piece{before.data(), before.size()}, refused_before)) return false;
    static const re2::RE2 refused_after{
        R"(^\.? ?(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec|uur|minuten|raadsleden|fracties|dagen|weken|werkdagen|january|february|march|may|june|july|august|october)\b)"};
    return !re2::RE2::PartialMatch(Piece{after.data(), after.size()}, refused_after);
}

}  // namespace

unsigned number_in_words(std::string_view word) {
    constexpr std::array<std::string_view, 20> small = {
        "nul",      "een",      "twee",    "drie",      "vier",     "vijf",     "zes",
        "zeven",    "acht",     "negen",   "tien",      "elf",      "twaalf",   "dertien",
        "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"};
    constexpr std::array<std::string_view, 8> tens = {"twintig", "dertig",   "veertig", "vijftig",
                                                      "zestig",  "zeventig", "tachtig", "negentig"};
    for (unsigned i = 1; i < small.size(); ++i)
        if (small[i] == word) return i;
    for (unsigned t = 0; t < tens.size(); ++t) {
        if (!word.ends_with(tens[t])) continue;
        const std::string_view units = word.substr(0, word.size() - tens[t].size());
        if (units.empty()) return 20 + 10 * t;
        for (unsigned i = 1; i < 10; ++i)
            if (units == std::string{small[i]} + "en") return 20 + 10 * t + i;
    }
    return 0;
}

std::string list_number(const Sentence& sentence) {
    const std::string_view text = sentence.folded.text;
    const bool digits = has_digit(text);
    for (std::size_t i = 0; i < 5; ++i) {
        if (i != 3 && !digits) continue;
        Piece rest{text.data(), text.size()}, found;
        while (re2::RE2::FindAndConsume(&rest, pattern(i), &found)) {
            std::string_view number{found.data(), found.size()};
            const auto at = static_cast<std::size_t>(number.data() - text.data());
            if (i == 3) {
                if (const unsigned value = number_in_words(number); value > 1) return std::to_string(value);
                rest = Piece{number.data(), text.size() - at};  // "onder nummer zeventien"
                continue;
            }
            // One step back, so that two numbers side by side are both looked at.
            rest = Piece{text.data() + at + number.size(), text.size() - at - number.size()};
            if (is_number(number, text.substr(0, at), text.substr(at + number.size()))) {
                return std::string{sentence.folded.original(sentence.source, number)};
            }
        }
    }
    return {};
}

std::string disposal(std::string_view folded) {
    static const std::array<std::pair<std::string, std::string_view>, 8> known = {{
        {R"(ter (?:verdere |inhoudelijke )?afdoening (?:\S+ ){0,6}(?:in handen|college|wethouders|b&w)|in handen (?:\S+ ){0,6}ter (?:verdere |inhoudelijke )?afdoening|college ter afdoening)",
         "ter afdoening in handen van het college"},
        {R"(in handen (?:\S+ ){0,6}(?:college|burgemeester|b ?(?:&|en) ?w))", "in handen van het college"},
        {R"(voor kennisgeving aan)", "voor kennisgeving aangenomen"},
        {R"(voor kennisgeving)", "voor kennisgeving"},
        {R"(ter kennis(?:name|neming|geving)|for information)", "ter kennisname"},
        {R"(ter (?:verdere |inhoudelijke )?(?:afdoening|afhandeling))", "ter afdoening"},
        {R"(ter (?:verdere |inhoudelijke )?beantwoording)", "ter beantwoording"},
        {R"(preadvies|om advies|ter advies|voor advies)", "om advies"},
    }};
    static const PatternSet patterns = [] {
        std::vector<std::string> expressions;
        for (const auto& [expression, name] : known) expressions.push_back(expression);
        return PatternSet{re2::RE2::Options{}, expressions};
    }();
    const auto first = patterns.first_in(folded);
    return first ? std::string{known[*first].second} : std::string{};
}

}  // namespace raadspost::answer
