#include "core/council/table.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

using namespace raadspost;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> split(const std::string& text, char between) {
    std::vector<std::string> parts;
    std::istringstream in{text};
    for (std::string part; std::getline(in, part, between);) parts.push_back(part);
    return parts;
}

using Row = std::tuple<std::string, std::string, std::string>;  // day, from, to

}  // namespace

// The table that people keep has a row for a merger, ours one for each code that disappears.
BOOST_AUTO_TEST_CASE(the_table_of_mergers_agrees) {
    const std::filesystem::path file =
        std::filesystem::path{RAADSPOST_SHARED_DIR} / "data/gemeenten/herindelingen_2021_2027.csv";
    if (!std::filesystem::exists(file)) {
        BOOST_TEST_MESSAGE("skipped: no " << file);
        return;
    }
    std::ifstream in{file};
    std::set<Row> expected, ours;
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        const auto cells = split(line, ',');
        BOOST_REQUIRE(cells.size() >= 5);
        for (const auto& from : split(cells[1], '|'))
            for (const auto& to : split(cells[3], '|'))
                if (from != to) expected.emplace(cells[0], from, to);
    }
    for (const Merger& each : mergers()) {
        std::ostringstream day;
        day << static_cast<int>(each.day.year()) << '-' << std::setfill('0') << std::setw(2)
            << static_cast<unsigned>(each.day.month()) << '-' << std::setw(2)
            << static_cast<unsigned>(each.day.day());
        ours.emplace(day.str(), each.from, each.to);
    }
    for (const Row& row : expected)
        BOOST_TEST(ours.contains(row), std::get<0>(row) + " " + std::get<1>(row) + " " + std::get<2>(row));
    BOOST_TEST(ours.size() == expected.size());
}

// Whoever takes over exists in the table of councils, and whoever has ended by then does not.
BOOST_AUTO_TEST_CASE(mergers_and_councils_fit) {
    for (const Merger& each : mergers()) {
        BOOST_TEST_CONTEXT(each.from_name) {
            BOOST_TEST(find_council_2026(each.to) != nullptr);
            BOOST_TEST((find_council_2026(each.from) != nullptr) == (each.day.year() > 2026y));
        }
    }
}
