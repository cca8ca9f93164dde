#include "core/answer/extract/dates.hpp"

#include "core/letter_set.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace raadspost::answer {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

struct Token {
    std::string_view text;  // without punctuation at its ends
    std::size_t begin, end;
    bool comma = false;  // one stood behind it
};

std::vector<Token> tokens_of(std::string_view folded) {
    constexpr LetterSet outside{".,;:!?()[]<>*\""};
    std::vector<Token> out;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        std::size_t from = at, to = end;
        while (from < to && outside.has(folded[from])) ++from;
        bool comma = false;
        while (to > from && outside.has(folded[to - 1])) comma |= folded[--to] == ',';
        if (to > from) out.push_back({folded.substr(from, to - from), from, to, comma});
        at = end + 1;
    }
    return out;
}

std::optional<unsigned> number(std::string_view text, std::size_t most_digits) {
    unsigned value = 0;
    if (text.empty() || text.size() > most_digits) return std::nullopt;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

// 12, "12e", "3rd": the day of a month, or nothing.
std::optional<unsigned> day_number(std::string_view text) {
    if (text.empty() || !decimal_digits.has(text.front())) return std::nullopt;
    for (const std::string_view ending : {"ste", "de", "e", "th", "st", "nd", "rd"})
        if (text.size() > ending.size() && text.ends_with(ending)) {
            text.remove_suffix(ending.size());
            break;
        }
    const auto value = number(text, 2);
    return value && *value >= 1 && *value <= 31 ? value : std::nullopt;
}

unsigned month_number(std::string_view text) {
    static const std::unordered_map<std::string_view, unsigned> names = {
        {"januari", 1},   {"jan", 1},       {"january", 1},   {"februari", 2},   {"feb", 2},
        {"febr", 2},      {"february", 2},  {"maart", 3},     {"mrt", 3},        {"mar", 3},
        {"march", 3},     {"april", 4},     {"apr", 4},       {"mei", 5},        {"may", 5},
        {"juni", 6},      {"jun", 6},       {"june", 6},      {"juli", 7},       {"jul", 7},
        {"july", 7},      {"augustus", 8},  {"aug", 8},       {"august", 8},     {"september", 9},
        {"sept", 9},      {"sep", 9},       {"oktober", 10},  {"okt", 10},       {"october", 10},
        {"oct", 10},      {"november", 11}, {"nov", 11},      {"december", 12},  {"dec", 12},
        {"febuari", 2},   {"februarie", 2}, {"maert", 3},     {"jannewaris", 1}, {"febrewaris", 2},
        {"septimber", 9}, {"novimber", 11}, {"desimber", 12}, {"maaie", 5},
    };
    const auto found = names.find(text);
    return found == names.end() ? 0 : found->second;
}

// 0 is Sunday.
std::optional<unsigned> weekday_number(std::string_view text) {
    static const std::unordered_map<std::string_view, unsigned> names = {
        {"zondag", 0},   {"zo", 0},        {"sunday", 0},   {"snein", 0},    {"maandag", 1},
        {"ma", 1},       {"monday", 1},    {"moandei", 1},  {"dinsdag", 2},  {"di", 2},
        {"tuesday", 2},  {"tiisdei", 2},   {"woensdag", 3}, {"wo", 3},       {"wednesday", 3},
        {"woansdei", 3}, {"donderdag", 4}, {"do", 4},       {"thursday", 4}, {"tongersdei", 4},
        {"vrijdag", 5},  {"vr", 5},        {"friday", 5},   {"freed", 5},    {"zaterdag", 6},
        {"za", 6},       {"saturday", 6},  {"sneon", 6}};
    if (text.size() > 6 && (text.ends_with("avond") || text.ends_with("middag") || text.ends_with("ochtend")))
        text.remove_suffix(text.ends_with("avond") ? 5 : text.ends_with("middag") ? 6 : 7);
    const auto found = names.find(text);
    return found == names.end() ? std::nullopt : std::optional{found->second};
}

enum class Lean { none, future, past };

std::optional<year_month_day> checked(unsigned y, unsigned m, unsigned d) {
    if (y < 100) y += 2000;
    if (y < 1990 || y > 2100) return std::nullopt;
    const year_month_day day{year{static_cast<int>(y)}, std::chrono::month{m}, std::chrono::day{d}};
    return day.ok() ? std::optional{day} : std::nullopt;
}

// The year that was left out.
std::optional<year_month_day> nearest(unsigned m, unsigned d, sys_days written, Lean lean) {
    constexpr days back{90}, on{276};
    const int now = static_cast<int>(year_month_day{written}.year());
    for (const int y : {now, now + 1, now - 1}) {
        const auto day = checked(static_cast<unsigned>(y), m, d);
        if (!day) continue;
        const days off = sys_days{*day} - written;
        if (lean == Lean::future ? off >= days{0} && off < days{366}
            : lean == Lean::past ? off <= days{0} && off > -days{366}
                                 : off >= -back && off < on)
            return day;
    }
    return std::nullopt;
}

Lean lean_of(std::string_view word) {
    if (word == "a.s" || word == "as" || word == "aanstaande" || word == "aanstaand" || word == "komende" ||
        word == "eerstkomende" || word == "next" || word == "coming" || word == "volgende" ||
        word == "eerstvolgende")
        return Lean::future;
    if (word == "jl" || word == "jongstleden" || word == "afgelopen" || word == "vorige" || word == "last" ||
        word == "j.l")
        return Lean::past;
    return Lean::none;
}

// "12-2-2026", "12/2", "12.02.26", "2026-02-12"; `alone` tells that nothing but the two numbers stands there.
constexpr LetterSet date_marks{"-/."};
struct Numeric {
    unsigned y = 0, m = 0, d = 0;
    bool alone = false;
};
std::optional<Numeric> numeric(std::string_view text) {
    if (text.empty() || !decimal_digits.has(text.front())) return std::nullopt;
    const std::size_t first = date_marks.first_in(text);
    if (first == text.size()) return std::nullopt;
    const char mark = text[first];
    const std::size_t second = text.find(mark, first + 1);
    const auto a = number(text.substr(0, first), 4);
    if (!a) return std::nullopt;
    if (second == std::string_view::npos) {
        if (mark == '.' || first > 2) return std::nullopt;  // 19.30 is a time
        const auto b = number(text.substr(first + 1), 2);
        if (!b || *b < 1 || *b > 12 || *a < 1 || *a > 31) return std::nullopt;
        return Numeric{0, *b, *a, true};
    }
    const auto b = number(text.substr(first + 1, second - first - 1), 2),
               c = number(text.substr(second + 1), 4);
    if (!b || !c) return std::nullopt;
    if (first == 4) return Numeric{*a, *b, *c, false};
    const std::size_t year_digits = text.size() - second - 1;
    if (first > 2 || (year_digits != 2 && year_digits != 4)) return std::nullopt;
    return Numeric{*c, *b, *a, false};
}

// Words before which "12-2" is a day and no number of a list.
bool announces_day(std::string_view word) {
    constexpr std::array<std::string_view, 30> words = {"van",       "op",           "dd",
                                                        "d.d",       "voor",         "raad",
                                                        "per",       "vergadering",  "raadsvergadering",
                                                        "commissie", "lijst",        "lis",
                                                        "datum",     "vanaf",        "tot",
                                                        "t/m",       "of",           "on",
                                                        "dated",     "week",         "uiterlijk",
                                                        "a.s",       "raadslijst",   "stukken",
                                                        "post",      "beeldvorming", "aanstaande",
                                                        "komende",   "forum",        "tussen"};
    return std::find(words.begin(), words.end(), word) != words.end() || weekday_number(word).has_value();
}

}  // namespace

std::vector<DateFound> dates_in(std::string_view folded, sys_days written) {
    std::vector<DateFound> out;
    const std::vector<Token> tokens = tokens_of(folded);
    const auto text_at = [&](std::size_t i) {
        return i < tokens.size() ? tokens[i].text : std::string_view{};
    };
    const auto lean_around = [&](std::size_t first, std::size_t last) {
        if (const Lean after = lean_of(text_at(last + 1));
            after != Lean::none && text_at(last + 1) != "volgende")
            return after;
        return first > 0 ? lean_of(text_at(first - 1)) : Lean::none;
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string_view word = tokens[i].text;
        std::optional<year_month_day> day;
        std::size_t last = i;
        if (const auto d = day_number(word)) {
            std::size_t at = i + 1;
            if (text_at(at) == "of") ++at;
            if (const unsigned m = month_number(text_at(at))) {
                last = at;
                std::string_view next = text_at(at + 1);
                if (const auto y = number(next, 4);
                    y && (next.size() == 4 || (next.size() == 2 && *y >= 20 && !tokens[at].comma))) {
                    day = checked(*y, m, *d);
                    last = at + 1;
                } else {
                    day = nearest(m, *d, written, lean_around(i, last));
                }
            } else if (text_at(i + 1) == "en" && day_number(text_at(i + 2)) && month_number(text_at(i + 3)) &&
                       i + 3 < tokens.size()) {
                day = nearest(month_number(text_at(i + 3)), *d, written, Lean::none);  // "24 en 25 februari"
            }
        } else if (const unsigned m = month_number(word); m != 0 && day_number(text_at(i + 1))) {
            const auto month_day = *day_number(text_at(i + 1));
            last = i + 1;
            const std::string_view next = text_at(i + 2);
            if (const auto y = number(next, 4); y && next.size() == 4)
                day = checked(*y, m, month_day), last = i + 2;
            else if (word != "mei" && word != "may")
                day = nearest(m, month_day, written, lean_around(i, last));
        } else if (const auto n = numeric(word)) {
            if (!n->alone)
                day = checked(n->y, n->m, n->d);
            else if ((i > 0 && announces_day(text_at(i - 1))) || lean_of(text_at(i + 1)) != Lean::none)
                day = nearest(n->m, n->d, written, lean_around(i, i));
        } else if (word == "vandaag" || word == "heden" || word == "hedenmorgen" || word == "today") {
            day = written;
        } else if (word == "gisteren" || word == "yesterday") {
            day = written - days{1};
        } else if (word == "morgen" || word == "tomorrow" || word == "morgenavond" ||
                   word == "morgenmiddag") {
            day = written + days{1};
        } else if (word == "overmorgen") {
            day = written + days{2};
        } else if (const auto weekday = weekday_number(word); weekday && word.size() > 2) {
            // A weekday before a date belongs to it.
            const std::string_view next = text_at(i + 1);
            if (day_number(next) || numeric(next) || month_number(next)) continue;
            const sys_days monday = written - (std::chrono::weekday{written} - std::chrono::Monday);
            const days in_week = std::chrono::weekday{*weekday} - std::chrono::Monday;
            const auto week_word = [&](std::string_view which) {
                return (i > 1 && text_at(i - 1) == "week" && text_at(i - 2) == which) ||
                       (next == "over" && which == "volgende" && text_at(i + 2) == "week") ||
                       (next == which && text_at(i + 2) == "week");
            };
            const Lean lean = lean_around(i, i);
            if (week_word("volgende") || week_word("komende") || week_word("next"))
                day = monday + days{7} + in_week;
            else if (week_word("vorige") || week_word("afgelopen"))
                day = monday - days{7} + in_week;
            else if (text_at(i + 1) == "over" && text_at(i + 2) == "een" && text_at(i + 3) == "week")
                day = monday + days{7} + in_week;
            else {
                sys_days found = monday + in_week;
                if (lean == Lean::past)
                    found -= found >= written ? days{7} : days{0};
                else if (found <= written)
                    found += days{7};
                day = found;
            }
        }
        if (!day) continue;
        out.push_back({*day, tokens[i].begin, tokens[last].end});
        i = last;
    }
    return out;
}

}  // namespace raadspost::answer
