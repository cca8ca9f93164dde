#include "core/register/dates.hpp"

#include "core/fold.hpp"
#include "core/register/mapping.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <vector>

namespace raadspost::registers {
namespace {

using std::chrono::year_month_day;

std::optional<int> whole(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || value < 0)
        return std::nullopt;
    return value;
}

std::optional<year_month_day> checked(int year, int month, int day) {
    const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    return date.ok() && year >= 1900 && year < 2200 ? std::optional{date} : std::nullopt;
}

// Dutch and English months by their first three letters ("mrt" and "mei" are irregular).
std::optional<int> month_of(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, int>, 17> months = {{{"jan", 1},
                                                                          {"feb", 2},
                                                                          {"maa", 3},
                                                                          {"mrt", 3},
                                                                          {"mar", 3},
                                                                          {"apr", 4},
                                                                          {"mei", 5},
                                                                          {"may", 5},
                                                                          {"jun", 6},
                                                                          {"jul", 7},
                                                                          {"aug", 8},
                                                                          {"sep", 9},
                                                                          {"okt", 10},
                                                                          {"oct", 10},
                                                                          {"nov", 11},
                                                                          {"dec", 12},
                                                                          {"mär", 3}}};
    for (const auto& [name, month] : months)
        if (word.substr(0, 3) == name) return month;
    return std::nullopt;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    const std::string plain = folded(text);
    for (std::size_t at = 0; at < plain.size() && words.size() < 8;) {
        const auto end = std::min(plain.find(' ', at), plain.size());
        words.push_back(plain.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::optional<year_month_day> day_in_words(std::vector<std::string> words) {
    constexpr std::array<std::string_view, 9> days = {"ma", "di", "wo", "do", "vr", "za", "zo", "op", "dag"};
    if (!words.empty() && !whole(words[0]))
        if (const bool weekday = words[0].ends_with("dag") || std::ranges::find(days, words[0]) != days.end();
            weekday)
            words.erase(words.begin());
    if (words.size() < 3) return std::nullopt;
    const auto first = whole(words[0]), second = whole(words[1]);
    // A time may stand behind the day: "2026-03-18T09:00" has lost its T to folding only when it was apart.
    const auto third = whole(words[2].substr(0, words[2].find('t')));
    if (!first || !third) return std::nullopt;
    if (words[0].size() == 4 && second) return checked(*first, *second, *third);
    const auto month = second ? second : month_of(words[1]);
    if (!month) return std::nullopt;
    const int year = words[2].size() == 2 ? 2000 + *third : *third;
    return checked(year, *month, *first);
}

}  // namespace

std::optional<year_month_day> day_of(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return std::nullopt;
    text = text.substr(first, 10);
    if (text.size() != 10) return std::nullopt;
    const bool year_first = text[4] == '-';
    const auto year = whole(year_first ? text.substr(0, 4) : text.substr(6));
    const auto month = whole(year_first ? text.substr(5, 2) : text.substr(3, 2));
    const auto day = whole(year_first ? text.substr(8) : text.substr(0, 2));
    return year && month && day ? checked(*year, *month, *day) : std::nullopt;
}

std::string iso(year_month_day day) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text.data();
}

std::optional<year_month_day> day_of_serial(double serial, bool from_1904) {
    if (from_1904) serial += 1462;
    if (!(serial >= 367 && serial < 109'575)) return std::nullopt;
    using namespace std::chrono;
    // Spreadsheets believe in 29 February 1900, which moves the epoch one day back.
    return year_month_day{sys_days{year{1899} / December / 30} + days{static_cast<int>(serial)}};
}

std::optional<std::string> date_of(std::string_view text) {
    const auto words = words_of(text);
    if (words.empty()) return std::nullopt;
    if (const auto number = whole(words[0]);
        number && (words.size() == 1 || text.find(',') != std::string_view::npos)) {
        if (words.size() == 1 && words[0].size() == 8)
            if (const auto day = checked(*number / 10'000, *number / 100 % 100, *number % 100))
                return iso(*day);
        if (words[0].size() == 5)
            if (const auto day = day_of_serial(*number)) return iso(*day);
    }
    if (const auto day = day_in_words(words)) return iso(*day);
    return std::nullopt;
}

}  // namespace raadspost::registers
