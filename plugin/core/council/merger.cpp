#include "core/council/table.hpp"

#include <algorithm>
#include <array>

namespace raadspost {
namespace {

using namespace std::chrono_literals;

constexpr auto new_year(int year) {
    return std::chrono::year{year} / std::chrono::January / 1;
}

// Ministry of the Interior, lists of municipal reorganisations; Hilversum and Wijdemeren by the bill offered
// to parliament on 21 November 2025.
constexpr std::array<Merger, 22> all_mergers = {{
    {"GM0003", "Appingedam", "GM1979", new_year(2021)},
    {"GM0010", "Delfzijl", "GM1979", new_year(2021)},
    {"GM0024", "Loppersum", "GM1979", new_year(2021)},
    {"GM0788", "Haaren", "GM0757", new_year(2021)},
    {"GM0788", "Haaren", "GM0824", new_year(2021)},
    {"GM0788", "Haaren", "GM0855", new_year(2021)},
    {"GM0788", "Haaren", "GM0865", new_year(2021)},
    {"GM0370", "Beemster", "GM0439", new_year(2022)},
    {"GM0398", "Heerhugowaard", "GM1980", new_year(2022)},
    {"GM0416", "Langedijk", "GM1980", new_year(2022)},
    {"GM0756", "Boxmeer", "GM1982", new_year(2022)},
    {"GM1684", "Cuijk", "GM1982", new_year(2022)},
    {"GM0786", "Grave", "GM1982", new_year(2022)},
    {"GM0815", "Mill en Sint Hubert", "GM1982", new_year(2022)},
    {"GM1702", "Sint Anthonis", "GM1982", new_year(2022)},
    {"GM1685", "Landerd", "GM1991", new_year(2022)},
    {"GM0856", "Uden", "GM1991", new_year(2022)},
    {"GM0457", "Weesp", "GM0363", 2022y / std::chrono::March / 24},
    {"GM0501", "Brielle", "GM1992", new_year(2023)},
    {"GM0530", "Hellevoetsluis", "GM1992", new_year(2023)},
    {"GM0614", "Westvoorne", "GM1992", new_year(2023)},
    {"GM1696", "Wijdemeren", "GM0402", new_year(2027)},
}};

}  // namespace

std::span<const Merger> mergers() {
    return all_mergers;
}

std::optional<std::string> council_on(std::string_view code, std::chrono::year_month_day day) {
    // Each merger lies after the one before it, so following them ends; the bound guards the table's next
    // editor.
    for (std::size_t step = 0; step < all_mergers.size(); ++step) {
        const auto applies = [&](const Merger& merger) { return merger.from == code && merger.day <= day; };
        const auto found = std::ranges::find_if(all_mergers, applies);
        if (found == all_mergers.end()) break;
        if (std::ranges::count_if(all_mergers, applies) > 1) return std::nullopt;
        code = found->to;
    }
    return std::string{code};
}

std::vector<std::string> merged_into(std::string_view code, std::optional<std::chrono::year_month_day> after,
                                     std::chrono::year_month_day until) {
    std::vector<std::string> codes;
    for (const Merger& merger : all_mergers)
        if (merger.to == code && merger.day <= until && (!after || merger.day > *after))
            codes.emplace_back(merger.from);
    return codes;
}

}  // namespace raadspost
