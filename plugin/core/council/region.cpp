#include "core/council/region.hpp"

#include <algorithm>
#include <array>

namespace raadspost {
namespace {

constexpr std::string_view north = "noord", middle = "midden", south = "zuid";

struct Placed {
    std::string_view place, region;
};

constexpr std::array<Placed, 12> by_province = {{
    {"NL-GR", north},
    {"NL-FR", north},
    {"NL-DR", north},
    {"NL-OV", north},
    {"NL-FL", north},
    {"NL-NH", north},
    {"NL-UT", middle},
    {"NL-ZH", middle},
    {"NL-GE", middle},
    {"NL-ZE", south},
    {"NL-NB", south},
    {"NL-LI", south},
}};

constexpr std::array<Placed, 20> otherwise = {{
    {"GM0050", middle},  // Zeewolde
    {"GM0244", north},   // Hattem
    {"GM0317", north},   // Eemnes
    {"GM1959", middle},  // Altena
    {"GM0202", south},   // Arnhem, and around it and Nijmegen:
    {"GM0209", south},   // Beuningen
    {"GM0221", south},   // Doesburg
    {"GM0225", south},   // Druten
    {"GM0226", south},   // Duiven
    {"GM0252", south},   // Heumen
    {"GM0268", south},   // Nijmegen
    {"GM0274", south},   // Renkum
    {"GM0275", south},   // Rheden
    {"GM0277", south},   // Rozendaal
    {"GM0293", south},   // Westervoort
    {"GM0296", south},   // Wijchen
    {"GM0299", south},   // Zevenaar
    {"GM1705", south},   // Lingewaard
    {"GM1734", south},   // Overbetuwe
    {"GM1945", south},   // Berg en Dal
}};

template <class Table>
std::string_view region_in(const Table& table, std::string_view place) {
    const auto found = std::ranges::find(table, place, &Placed::place);
    return found == table.end() ? std::string_view{} : found->region;
}

}  // namespace

std::string_view school_region(std::string_view code, std::string_view province) {
    const std::string_view exception = region_in(otherwise, code);
    return exception.empty() ? region_in(by_province, province) : exception;
}

}  // namespace raadspost
