#include "core/council/code.hpp"

#include "core/fold.hpp"

#include <algorithm>
#include <array>

namespace raadspost {
namespace {

constexpr std::string_view tooi_municipality = "https://identifier.overheid.nl/tooi/id/gemeente/";
constexpr std::string_view tooi_province = "https://identifier.overheid.nl/tooi/id/provincie/";

constexpr std::array<Province, 12> all_provinces = {{
    {"NL-GR", "PV20", "GR", "Groningen"},
    {"NL-FR", "PV21", "FR", "Fryslân"},
    {"NL-DR", "PV22", "DR", "Drenthe"},
    {"NL-OV", "PV23", "OV", "Overijssel"},
    {"NL-FL", "PV24", "FL", "Flevoland"},
    {"NL-GE", "PV25", "GD", "Gelderland"},
    {"NL-UT", "PV26", "UT", "Utrecht"},
    {"NL-NH", "PV27", "NH", "Noord-Holland"},
    {"NL-ZH", "PV28", "ZH", "Zuid-Holland"},
    {"NL-ZE", "PV29", "ZL", "Zeeland"},
    {"NL-NB", "PV30", "NB", "Noord-Brabant"},
    {"NL-LI", "PV31", "LB", "Limburg"},
}};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool same_but_for_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, upper, upper);
}

// "http" and "https" both occur in older exports.
std::string_view without_tooi(std::string_view text, std::string_view base) {
    if (text.starts_with(base)) return text.substr(base.size());
    constexpr std::string_view plain = "http://";
    const auto rest = base.substr(std::string_view{"https://"}.size());
    if (text.starts_with(plain) && text.substr(plain.size()).starts_with(rest))
        return text.substr(plain.size() + rest.size());
    return text;
}

}  // namespace

std::optional<std::string> council_code(std::string_view text) {
    text = without_tooi(trimmed(text), tooi_municipality);
    if (text.size() > 2 && same_but_for_case(text.substr(0, 2), "GM")) {
        text.remove_prefix(2);
        if (text.size() != 4) return std::nullopt;
    }
    if (!is_digits(text) || text.size() > 5) return std::nullopt;
    // The ICTU code is "0" and the CBS code; five digits without that zero are something else, such as a post
    // box.
    if (text.size() == 5) {
        if (text[0] != '0') return std::nullopt;
        text.remove_prefix(1);
    }
    std::string code = "GM" + std::string(4 - text.size(), '0');
    code += text;
    if (code == "GM0000") return std::nullopt;
    return code;
}

bool is_council_code(std::string_view text) {
    return text.size() == 6 && text.starts_with("GM") && is_digits(text.substr(2)) && text != "GM0000";
}

std::string tooi_uri(std::string_view code) {
    std::string uri{tooi_municipality};
    uri += "gm";
    if (code.size() > 2) uri += code.substr(2);
    return uri;
}

std::span<const Province> provinces() {
    return all_provinces;
}

const Province* find_province(std::string_view text) {
    text = without_tooi(trimmed(text), tooi_province);
    if (text.empty()) return nullptr;
    std::string name = folded(text);
    if (name.starts_with("provincie ")) name.erase(0, std::string_view{"provincie "}.size());
    if (name == "friesland") name = "fryslan";
    for (const Province& province : all_provinces)
        if (same_but_for_case(text, province.iso) || same_but_for_case(text, province.iso.substr(3)) ||
            same_but_for_case(text, province.code) || same_but_for_case(text, province.roo) ||
            name == folded(province.name))
            return &province;
    return nullptr;
}

}  // namespace raadspost
