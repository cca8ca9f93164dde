#include "core/council/table.hpp"

#include "core/council/address.hpp"
#include "core/council/code.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

using namespace raadspost;
using namespace std::chrono_literals;

namespace {
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line)
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            cells.emplace_back();
        else if (c != '\r')
            cells.back() += c;
    return cells;
}
}  // namespace

BOOST_AUTO_TEST_CASE(the_table_holds_the_342_councils_of_2026) {
    const auto councils = councils_2026();
    BOOST_TEST(councils.size() == 342u);
    std::map<std::string, int> per_province;
    std::string before;
    for (const Council& council : councils) {
        BOOST_TEST_CONTEXT(council.code) {
            BOOST_TEST(is_council_code(council.code));
            BOOST_TEST(before < council.code);
            before = council.code;
            BOOST_TEST(!council.name.empty());
            BOOST_REQUIRE(find_province(council.province) != nullptr);
            ++per_province[council.province];
            BOOST_REQUIRE((council.inhabitants && council.seats && council.coordinates));
            BOOST_TEST(*council.inhabitants > 900);
            BOOST_TEST((*council.seats >= 9 && *council.seats <= 45 && *council.seats % 2 == 1));
            // A council may vote by another year's number of inhabitants: two steps at most.
            BOOST_TEST(std::abs(*council.seats - statutory_seats(*council.inhabitants)) <= 4);
            BOOST_TEST((council.coordinates->longitude > 3.3 && council.coordinates->longitude < 7.3));
            BOOST_TEST((council.coordinates->latitude > 50.7 && council.coordinates->latitude < 53.6));
            BOOST_TEST(council.website_domain.find('.') != std::string::npos);
        }
    }
    const std::map<std::string, int> expected = {{"NL-DR", 12}, {"NL-FL", 6},  {"NL-FR", 18}, {"NL-GE", 51},
                                                 {"NL-GR", 10}, {"NL-LI", 31}, {"NL-NB", 56}, {"NL-NH", 44},
                                                 {"NL-OV", 25}, {"NL-UT", 26}, {"NL-ZE", 13}, {"NL-ZH", 50}};
    BOOST_TEST((per_province == expected));
    BOOST_REQUIRE(find_council_2026("GM0397") != nullptr);
    BOOST_TEST(find_council_2026("GM0397")->name == "Heemstede");
    BOOST_TEST(find_council_2026("GM0398") == nullptr);
    BOOST_TEST(find_council_2026("") == nullptr);
}

BOOST_AUTO_TEST_CASE(the_table_agrees_with_the_collected_facts) {
    const std::filesystem::path file =
        std::filesystem::path{RAADSPOST_SHARED_DIR} / "data/gemeenten/gemeenten_2026.csv";
    if (!std::filesystem::exists(file)) {
        BOOST_TEST_MESSAGE("skipped: no " << file);
        return;
    }
    std::ifstream in{file};
    std::string line;
    std::getline(in, line);
    const auto header = cells_of(line);
    std::size_t rows = 0;
    while (std::getline(in, line)) {
        const auto cells = cells_of(line);
        BOOST_REQUIRE(cells.size() == header.size());
        std::map<std::string, std::string> row;
        for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = cells[i];
        const Council* council = find_council_2026(row["cbs_code"]);
        BOOST_REQUIRE_MESSAGE(council != nullptr, row["cbs_code"]);
        ++rows;
        BOOST_TEST_CONTEXT(council->code) {
            BOOST_TEST(council->name == row["naam"]);
            BOOST_TEST(find_province(council->province)->code == row["provincie_code"]);
            BOOST_TEST(*council->inhabitants == std::stoi(row["inwoners_roo_2026_05"]));
            BOOST_TEST(domain_of(row["website"]) == council->website_domain);
            BOOST_TEST(std::abs(council->coordinates->longitude - std::stod(row["lon"])) < 1e-9);
            BOOST_TEST(std::abs(council->coordinates->latitude - std::stod(row["lat"])) < 1e-9);
            // The register's seats are often wrong (even numbers): one of its two states, or the law's
            // number.
            const auto seats = std::to_string(*council->seats);
            BOOST_TEST((seats == row["raadszetels_2026_01"] || seats == row["raadszetels_2026_05"] ||
                        *council->seats == statutory_seats(*council->inhabitants)));
        }
    }
    BOOST_TEST(rows == 342u);
}

BOOST_AUTO_TEST_CASE(the_law_fixes_the_number_of_seats) {
    const std::vector<std::pair<std::int32_t, std::int32_t>> rows = {
        {0, 9},        {3'000, 9},    {3'001, 11},   {6'000, 11},  {27'556, 21},
        {30'000, 21},  {30'001, 23},  {50'000, 29},  {50'001, 31}, {100'000, 37},
        {100'001, 39}, {200'000, 39}, {200'001, 45}, {900'000, 45}};
    for (const auto& [inhabitants, seats] : rows)
        BOOST_TEST_CONTEXT(inhabitants) BOOST_TEST(statutory_seats(inhabitants) == seats);
}

BOOST_AUTO_TEST_CASE(post_goes_to_the_successor_from_the_day_of_the_merger) {
    const auto last_day = 2026y / std::chrono::December / 31;
    const auto first_day = 2027y / std::chrono::January / 1;
    BOOST_TEST(council_on("GM1696", last_day).value_or("?") == "GM1696");
    BOOST_TEST(council_on("GM1696", first_day).value_or("?") == "GM0402");
    BOOST_TEST(council_on("GM0402", first_day).value_or("?") == "GM0402");
    BOOST_TEST(council_on("GM0370", last_day).value_or("?") == "GM0439");
    BOOST_TEST(council_on("GM0457", 2022y / std::chrono::March / 23).value_or("?") == "GM0457");
    BOOST_TEST(council_on("GM0457", 2022y / std::chrono::March / 24).value_or("?") == "GM0363");
    BOOST_TEST(!council_on("GM0788", last_day));  // Haaren was split into four
    for (const Merger& merger : mergers()) {
        BOOST_TEST(find_council_2026(merger.to) != nullptr);
        BOOST_TEST((find_council_2026(merger.from) == nullptr || merger.day > last_day));
        BOOST_TEST(!merger.from_name.empty());
    }
}

BOOST_AUTO_TEST_CASE(who_went_into_a_council_since_its_last_election) {
    const auto first_day = [](int year) { return std::chrono::year{year} / std::chrono::January / 1; };
    const std::vector<std::string> none, voorne{"GM0501", "GM0530", "GM0614"}, wijdemeren{"GM1696"},
        weesp{"GM0457"}, haaren{"GM0788"};
    BOOST_TEST(merged_into("GM1992", std::nullopt, first_day(2023)) == voorne);
    BOOST_TEST(merged_into("GM1992", first_day(2023), first_day(2030)) == none);
    BOOST_TEST(merged_into("GM0402", 2022y / std::chrono::March / 30, 2027y / std::chrono::January / 4) ==
               wijdemeren);
    BOOST_TEST(merged_into("GM0402", 2022y / std::chrono::March / 30, 2026y / std::chrono::December / 31) ==
               none);
    BOOST_TEST(merged_into("GM0363", 2018y / std::chrono::March / 29, 2022y / std::chrono::March / 30) ==
               weesp);
    for (const char* part : {"GM0757", "GM0824", "GM0855", "GM0865"})
        BOOST_TEST(merged_into(part, std::nullopt, first_day(2021)) == haaren);
}
