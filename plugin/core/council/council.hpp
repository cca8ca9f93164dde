// Councils, griffies, villages and meeting places as plain values: what the rest of the core computes with,
// and what the CRM loads its records into. No behaviour, no identity beyond the keys named here. An unknown
// number or date is an empty optional; an unknown text is an empty string, because no register can tell the
// two apart. Values: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace raadspost {

struct Coordinates {
    double longitude = 0;  // WGS84, degrees east
    double latitude = 0;   // WGS84, degrees north

    friend bool operator==(const Coordinates&, const Coordinates&) = default;
};

struct Address {
    std::string street;        // "Raadhuisplein", or empty for a post box
    std::string house_number;  // with its addition: "1", "12 A"
    std::string post_box;      // digits only: "352"
    std::string postcode;      // "2101 HA"
    std::string place;         // as the source writes it: "HEEMSTEDE"

    bool empty() const {
        return street.empty() && house_number.empty() && post_box.empty() && postcode.empty() &&
               place.empty();
    }
    friend bool operator==(const Address&, const Address&) = default;
};

struct Council {
    std::string code;      // CBS: "GM0397"; the key
    std::string name;      // "Heemstede"
    std::string province;  // ISO 3166-2: "NL-NH"
    std::optional<std::int32_t> inhabitants;
    std::optional<std::int32_t> seats;
    std::string website_domain;  // "heemstede.nl", without "www."
    std::optional<Coordinates> coordinates;
    std::optional<std::chrono::year_month_day> active_to;  // last day; empty while the council exists
    std::string successor;  // code of the council that took over after a merger
};

enum class AddressStatus { unconfirmed, confirmed, failing, opted_out };

struct Griffie {
    std::vector<std::string> councils;  // codes; one office may serve several
    std::string email;
    std::string griffier;  // the registrar's name with titles, as written by the source
    std::string telephone;
    Address address;
    AddressStatus status = AddressStatus::unconfirmed;
};

struct Village {
    std::string name;
    std::string council;  // code
};

struct MeetingPlace {
    std::string name;
    std::string kind;     // key out of meeting_place_kinds() in meeting_place.hpp; empty when unknown
    std::string council;  // code; empty when the source does not tell
    std::string village;
    Address address;
    std::optional<Coordinates> coordinates;
    std::string operated_by;
    std::string legal_form;
    std::string email;
    std::string telephone;
    std::string website;
    std::string opening_hours;
    std::string wheelchair;               // "yes", "limited", "no"; empty when unknown
    std::vector<std::string> activities;  // as written: "open inloop", "taalcafé"
    std::optional<bool> emergency_point;  // noodsteunpunt
    std::string status;                   // "existing", "threatened", "planned"; empty when unknown
    std::string source, source_id;        // "osm", "node/2895313213"; the idempotency key together
};

}  // namespace raadspost
