#include "core/council/table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace raadspost {

extern const std::string_view councils_2026_csv;

namespace {

template <class Number>
Number number(std::string_view text) {
    Number value{};
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string_view take(std::string_view& from, char until) {
    const auto end = from.find(until);
    const std::string_view piece = from.substr(0, end);
    from = end == std::string_view::npos ? std::string_view{} : from.substr(end + 1);
    return piece;
}

std::vector<Council> loaded() {
    std::vector<Council> councils;
    std::string_view rest = councils_2026_csv;
    take(rest, '\n');  // the header
    while (!rest.empty()) {
        std::string_view line = take(rest, '\n');
        if (line.empty()) continue;
        Council council;
        council.code = take(line, ';');
        council.name = take(line, ';');
        council.province = take(line, ';');
        council.inhabitants = number<std::int32_t>(take(line, ';'));
        council.seats = number<std::int32_t>(take(line, ';'));
        council.website_domain = take(line, ';');
        const auto longitude = number<double>(take(line, ';'));
        council.coordinates = Coordinates{longitude, number<double>(line)};
        councils.push_back(std::move(council));
    }
    return councils;
}

}  // namespace

std::span<const Council> councils_2026() {
    static const std::vector<Council> councils = loaded();
    return councils;
}

const Council* find_council_2026(std::string_view code) {
    const auto councils = councils_2026();
    const auto found = std::ranges::lower_bound(councils, code, {}, &Council::code);
    return found != councils.end() && found->code == code ? &*found : nullptr;
}

std::int32_t statutory_seats(std::int32_t inhabitants) {
    constexpr std::array<std::pair<std::int32_t, std::int32_t>, 16> steps = {{{3'000, 9},
                                                                              {6'000, 11},
                                                                              {10'000, 13},
                                                                              {15'000, 15},
                                                                              {20'000, 17},
                                                                              {25'000, 19},
                                                                              {30'000, 21},
                                                                              {35'000, 23},
                                                                              {40'000, 25},
                                                                              {45'000, 27},
                                                                              {50'000, 29},
                                                                              {60'000, 31},
                                                                              {70'000, 33},
                                                                              {80'000, 35},
                                                                              {100'000, 37},
                                                                              {200'000, 39}}};
    for (const auto& [up_to, seats] : steps)
        if (inhabitants <= up_to) return seats;
    return 45;
}

}  // namespace raadspost
