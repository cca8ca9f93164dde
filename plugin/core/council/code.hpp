// The codes by which councils and provinces are known: the CBS code of a municipality ("GM0397", the key of a
// council everywhere in this project), and the three ways of writing a province. Pure functions over short
// texts that may come from anywhere: nothing here throws, whatever the bytes. Safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace raadspost {

// "GM0397" out of the ways in which registers write it: "GM0397", "gm0397", "0397", "397", the ICTU code
// "00397" and the TOOI URI "https://identifier.overheid.nl/tooi/id/gemeente/gm0397". Nothing for any other
// text. That a code is well formed does not mean that the council exists: see table.hpp.
std::optional<std::string> council_code(std::string_view text);

// The strict form only: "GM" and four digits.
bool is_council_code(std::string_view text);

// "https://identifier.overheid.nl/tooi/id/gemeente/gm0397"; `code` must be a council code.
std::string tooi_uri(std::string_view code);

struct Province {
    std::string_view iso;   // ISO 3166-2, the key of the host's subdivision: "NL-NH"
    std::string_view code;  // CBS and TOOI: "PV27"
    std::string_view
        roo;  // the register's own abbreviation, which differs for Gelderland (GD) and Limburg (LB)
    std::string_view name;  // "Noord-Holland"
};

// The twelve provinces, in the order of their CBS codes.
std::span<const Province> provinces();

// By ISO code, ISO code without "NL-", CBS code, TOOI URI, ROO abbreviation or name; nullptr if it is none of
// them. "Friesland" is found as Fryslân.
const Province* find_province(std::string_view text);

}  // namespace raadspost
