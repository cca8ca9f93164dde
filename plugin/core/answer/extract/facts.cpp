#include "core/answer/extract/facts.hpp"

#include "core/answer/extract/case_number.hpp"
#include "core/answer/extract/dates.hpp"
#include "core/answer/extract/list_entry.hpp"
#include "core/answer/extract/new_address.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace raadspost::answer {
namespace {

using Piece = re2::StringPiece;
using Day = std::chrono::year_month_day;

bool matches(std::string_view text, const re2::RE2& what) {
    return re2::RE2::PartialMatch(Piece{text.data(), text.size()}, what);
}

// What a date in a sentence is the date of, by the words before and behind it.
enum class About { list, sitting, other, unknown };

About about(std::string_view text, const DateFound& date) {
    static const re2::RE2 elsewhere{
        R"((?:(?:uw|de|deze|dit|het|jullie|bijgevoegde?|your) (?:e-?mail|mail|brief|bericht|schrijven|oproep|verzoek|letter|email|message|poststuk)s? (?:van|d\.d\.|dd\.?|of|gedateerd|dated)|ontvangen op|ontvangen|ontvingen (?:wij|we)|ingekomen op|binnengekomen op|received on|verstuurd op|verzonden op|voor|uiterlijk|uiterlijk op|sinds|vanaf|deadline|tot|tot en met|t/m|before|by|verkiezingen (?:van|op)|na|publicatie|gepubliceerd op|per|aanmelden (?:kan )?(?:voor|tot)) (?:\S+dag )?$)"};
    static const re2::RE2 list{
        R"((?:lijst|lis|ingekomen \w+|ingekomenstukken\w*|raadslijst|postlijst|overzicht|list)(?: \S+){0,6} (?:van|d\.d\.|dd\.?|voor|of|op|for|per|bij|t\.b\.v\.)?(?: de)?(?: \S+dag)? ?$)"};
    static const re2::RE2 sitting{
        R"((?:vergadering\w*|raadsvergadering\w*|raad|commissie\w*|forum|carrousel|raadsplein|raadsavond|avond|bijeenkomst|beraad|sessie|zitting|meeting|council|committee|raadscommissie\w*|presidium|beeldvorm\w*|oordeelsvorm\w*|besluitvorm\w*|opinie\w*|rondetafel\w*|samenleving|ruimte|domein|gesprek|afspraak|bezoek|werkbezoek|agenda|ronde|markt|cafe|raadscyclus|gemeenteraad|uur|middag|gepland voor|uitgenodigd voor|uit voor|welkom op)(?: \S+){0,6} ?$)"};
    static const re2::RE2 sitting_after{
        R"(^,? ?(?:om|aanvang|vanaf) \d|^ ?(?:vergadert|vindt|is er|staat)|^,? ?(?:a\.s\.|aanstaande)? ?(?:in|bij|tijdens) )"};
    const std::string_view before = text.substr(0, date.begin), after = text.substr(date.end);
    if (matches(before, elsewhere)) {
        // "voor de raad van" and "op de lijst voor" were told apart by their last words; "voor 26 februari"
        // is a deadline.
        static const re2::RE2 list_for{
            R"((?:lijst|lis|ingekomen \w+|raad|commissie|vergadering|agenda|list|gepland|ingepland|geagendeerd|uitgenodigd|uit)(?: \S+){0,3} (?:voor|per|na) (?:\S+dag )?$)"};
        if (!matches(before, list_for)) return About::other;
    }
    if (matches(before, sitting)) return About::sitting;
    if (matches(before, list)) return About::list;
    if (matches(after, sitting_after)) return About::sitting;
    return About::unknown;
}

struct Dated {
    std::optional<Day> list, sitting, unknown;
};

Dated dates_of(const Sentence& sentence, std::chrono::sys_days written) {
    Dated out;
    const std::string_view text = sentence.folded.text;
    for (const DateFound& date : dates_in(text, written)) {
        const About what = about(text, date);
        auto& slot = [&]() -> std::optional<Day>& {
            switch (what) {
                case About::list:
                    return out.list;
                case About::sitting:
                    return out.sitting;
                default:
                    return out.unknown;
            }
        }();
        // "Gisteren is besloten ...": what lies behind gives way to what is to come.
        const bool comes = std::chrono::sys_days{date.day} >= written;
        if (what != About::other && (!slot || (comes && std::chrono::sys_days{*slot} < written)))
            slot = date.day;
    }
    return out;
}

bool has(std::span<const Finding> kinds, Kind kind) {
    return std::any_of(kinds.begin(), kinds.end(), [&](const Finding& each) { return each.kind == kind; });
}

// Sentences in which a rule of the kind held, each once, in order.
std::vector<std::size_t> sentences_of(std::span<const Hit> hits, std::initializer_list<Kind> kinds) {
    std::vector<std::size_t> out;
    for (const Hit& hit : hits)
        if (std::find(kinds.begin(), kinds.end(), hit.kind) != kinds.end() &&
            (out.empty() || out.back() != hit.sentence))
            out.push_back(hit.sentence);
    return out;
}

constexpr std::size_t entry_sentences = 4;

// "Lijst van: 27 februari" and "Nummer: 2.7" on lines of their own, or "Deze lijst ..." behind.
bool goes_on_about_entry(const Sentence& sentence) {
    static const re2::RE2 words{
        R"(^(?:volg|lijst)?(?:nummer|nr)\b|^(?:datum|lijst|raadsvergadering|vergadering|vergaderdatum|rubriek|categorie|afdoening|voorstel|advies)\b|\b(?:deze|die|de) (?:lijst|vergadering|raadsvergadering)\b|\b(?:volgnummer|lijstnummer|stuk staat|brief staat|staat onder|heeft nummer|nummer is)\b)"};
    return matches(sentence.folded.text, words);
}

bool tells_of_sitting(const Sentence& sentence) {
    static const re2::RE2 words{
        R"(\b(?:\w*vergadering|vergadert|behandeld|besproken|\w*commissie|raad (?:is|vindt)|themabijeenkomst|raadsavond|gesprek|afspraak|avond|bijeenkomst|meeting|lijst|agenda|welkom|inspreken|plaats op|gepland|uur)\b)"};
    // "Kan dat op maandag 20 april?" goes on about what was said before.
    static const re2::RE2 proposes{
        R"(^(?:.{0,40}\b)?(?:kan|kunt|schikt|lukt|past|komt|zou|zullen)\b.{0,12}\b(?:dat|het|u|jullie|je|we|wij)\b)"};
    return matches(sentence.folded.text, words) || (sentence.asks && matches(sentence.folded.text, proposes));
}

}  // namespace

Facts facts(std::span<const Sentence> text, std::span<const Hit> hits, std::span<const Finding> kinds,
            const FactsContext& context) {
    Facts out;
    if (has(kinds, Kind::listed))
        for (const std::size_t i : sentences_of(hits, {Kind::listed}))
            for (std::size_t j = i; j < std::min(i + entry_sentences, text.size()); ++j) {
                if (j > i && !goes_on_about_entry(text[j])) continue;
                const Dated dated = dates_of(text[j], context.written);
                if (out.list_number.empty()) out.list_number = list_number(text[j]);
                if (!out.list_date)
                    out.list_date = dated.list ? dated.list : dated.sitting ? dated.sitting : dated.unknown;
                if (!out.meeting_date) out.meeting_date = dated.sitting;
                if (out.disposal.empty()) out.disposal = disposal(text[j].folded.text);
            }
    if (has(kinds, Kind::agenda) || has(kinds, Kind::meeting)) {
        const std::vector<std::size_t> about_it = sentences_of(hits, {Kind::agenda, Kind::meeting});
        std::optional<Day> day;
        const auto look = [&](const Sentence& sentence) {
            const Dated dated = dates_of(sentence, context.written);
            if (!day) day = dated.sitting ? dated.sitting : dated.unknown ? dated.unknown : dated.list;
        };
        // The sentences themselves, else those behind and before that tell of a sitting.
        for (const std::size_t i : about_it) look(text[i]);
        for (const std::size_t i : about_it)
            if (i + 1 < text.size() && tells_of_sitting(text[i + 1])) look(text[i + 1]);
        for (const std::size_t i : about_it)
            if (i > 0 && tells_of_sitting(text[i - 1])) look(text[i - 1]);
        if (day) out.meeting_date = day;
    }
    if (has(kinds, Kind::to_college) && out.disposal.empty())
        for (const std::size_t i : sentences_of(hits, {Kind::to_college}))
            if (out.disposal.empty()) out.disposal = disposal(text[i].folded.text);
    out.case_number = case_number(text, context.subject);
    if (out.case_number == out.list_number) out.case_number.clear();
    if (has(kinds, Kind::redirect)) {
        const std::vector<std::size_t> which = sentences_of(hits, {Kind::redirect});
        out.redirect_to = new_address(text, which, context.known);
        if (out.redirect_to.empty()) {
            std::vector<std::size_t> all(text.size());
            for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
            out.redirect_to = new_address(text, all, context.known);
        }
    }
    return out;
}

}  // namespace raadspost::answer
