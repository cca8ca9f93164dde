#include "core/register/roo_fields.hpp"

#include "core/council/address.hpp"
#include "core/council/code.hpp"
#include "core/council/table.hpp"
#include "core/fold.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace raadspost::registers {
namespace {

bool is_general(std::string_view label) {
    return label.empty() || folded(label) == "algemeen";
}

// "https://identifier.overheid.nl/tooi/id/gemeente/gm0397" first; the others for exports that had no TOOI
// yet.
std::optional<std::string> code_in(const RooCouncil& council) {
    if (auto code = council_code(council.tooi); code && !council.tooi.empty()) return code;
    return council.ictu.empty() ? std::nullopt : council_code(council.ictu);
}

std::string place_of(const RooCouncil& council) {
    std::string place = at_line(council.line);
    if (!council.code.empty()) place += ", " + council.code;
    return place;
}

}  // namespace

std::string trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(blank) - first + 1)};
}

std::optional<std::int32_t> count_of(std::string_view text) {
    std::string digits = trimmed(text);
    std::erase(digits, '.');  // "27.556" in some tables
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
    return value;
}

std::optional<double> degrees_of(std::string_view text) {
    std::string number = trimmed(text);
    if (std::ranges::count(number, ',') == 1 && number.find('.') == std::string::npos)
        std::ranges::replace(number, ',', '.');
    double value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

void RooRecord::set_places(std::string_view comma_list) {
    while (!comma_list.empty() && council.places.size() < max_roo_list_items) {
        const auto end = std::min(comma_list.find(','), comma_list.size());
        if (auto place = trimmed(comma_list.substr(0, end)); !place.empty())
            council.places.push_back(std::move(place));
        comma_list.remove_prefix(std::min(end + 1, comma_list.size()));
    }
}

void RooRecord::add_party(std::string_view party, std::optional<std::int32_t> seats) {
    if (seats && council.parties.size() < max_roo_list_items)
        council.parties.push_back({std::string{party}, *seats});
}

void RooRecord::set_identifier(std::string_view name, std::string_view code) {
    if (name == "resourceIdentifierTOOI" && council.tooi.empty())
        council.tooi = code;
    else if (name == "resourceIdentifierOWMS" && council.owms.empty())
        council.owms = code;
    else if (name == "OIN")
        council.oin = code;
    else if (name == "KVK-nummer")
        council.kvk = code;
    else if (name == "rsin" || name == "RSIN")
        council.rsin = code;
    else if (name == "ICTU-code")
        council.ictu = code;
    else if (name == "Organisatiecode" && council.ictu.empty())
        council.ictu = code;
}

void RooRecord::set_woo_index(std::string_view category, std::string_view url) {
    if (council.incoming_documents_url.empty() &&
        folded(category).find("ingekomen stukken") != std::string::npos)
        council.incoming_documents_url = url;
}

void RooRecord::set_telephone(std::string_view number, std::string_view label_of_it) {
    if (council.telephone.empty() && is_general(label_of_it)) council.telephone = number;
}

void RooRecord::set_mailbox(std::string_view mailbox, std::string_view label_of_it) {
    const std::string sought = folded_mailbox(mailbox);
    if (!is_mailbox(sought)) return;
    // The register has no label for it, but some councils list their griffie all the same.
    if (sought.substr(0, sought.find('@')).find("griffie") != std::string::npos) {
        if (council.griffie_email.empty()) council.griffie_email = sought;
    } else if (council.general_email.empty() && is_general(label_of_it)) {
        council.general_email = sought;
    }
}

void RooRecord::set_website(std::string_view url, std::string_view label_of_it) {
    if (council.website.empty() && is_general(label_of_it)) council.website = url;
}

void RooRecord::add_address() {
    Address& read = address.address;
    if (!address.addition.empty()) read.house_number += ' ' + address.addition;
    if (auto postcode = postcode_of(read.postcode); !postcode.empty()) read.postcode = std::move(postcode);
    const std::string type = folded(address.type);
    if (type == "bezoekadres") {
        council.visiting_address = read;
        const auto longitude = degrees_of(address.longitude), latitude = degrees_of(address.latitude);
        if (longitude && latitude) council.coordinates = Coordinates{*longitude, *latitude};
    } else if (type == "postadres") {
        council.postal_address = read;
    }
    if (const Province* province = find_province(address.province); province && council.province.empty())
        council.province = province->iso;
}

void RooRecord::add_people(std::chrono::year_month_day today) {
    const bool registrar = function == "Raadsgriffier";
    if (!registrar && function != "Griffier") return;
    for (const RooPerson& person : people) {
        if (person.name.empty() || (person.until && *person.until <= today)) continue;
        if (!council.griffier.empty() && !(registrar && from_deputy)) continue;
        council.griffier = person.name;
        from_deputy = !registrar;
        if (is_mailbox(person.email)) council.griffie_email = folded_mailbox(person.email);
    }
}

void RooHarvest::take(RooRecord record) {
    ++summary.organisations;
    if (!record.is_municipality) return;
    RooCouncil& council = record.council;
    const auto code = code_in(council);
    if (council.ends && *council.ends <= today) {
        ++summary.ended;
        if (!code) return;
        council.code = *code;
        sink_.record(std::move(council));
        return;
    }
    if (!code) {
        complaints_.add("register_code_missing", place_of(council), council.official_name,
                        "This municipality has no CBS code, neither as TOOI identifier nor as ICTU code; it "
                        "is left out.");
        return;
    }
    council.code = *code;
    constexpr std::string_view before = "Gemeente ";
    council.name = council.official_name.starts_with(before) ? council.official_name.substr(before.size())
                                                             : council.official_name;
    if (council.name.empty()) {
        complaints_.add("register_name_missing", place_of(council), *code,
                        "This municipality has no name; it is left out.");
        return;
    }
    if (!codes_.insert(*code).second) {
        complaints_.add("register_duplicate", place_of(council), *code,
                        "This municipality stands in the file a second time; the first one is used.");
        return;
    }
    if (!find_council_2026(*code))
        complaints_.add("register_code_unknown", place_of(council), *code,
                        "This code is not among the municipalities of 2026; it is taken for a new "
                        "municipality. Check it.");
    for (Problem& problem : warnings_on(council))
        complaints_.add(std::move(problem.id), std::move(problem.place), problem.found,
                        std::move(problem.text));
    ++summary.councils;
    sink_.record(std::move(council));
}

Keyed ending_of(const RooCouncil& council) {
    Keyed record{council.code, {}, at_line(council.line)};
    if (!council.ends) return record;
    const std::chrono::year_month_day last_day{std::chrono::sys_days{*council.ends} - std::chrono::days{1}};
    record.fields["active_to"] = iso(last_day);
    // A week: here and there the last day is given instead of the first one without it.
    const std::chrono::year_month_day settled{std::chrono::sys_days{*council.ends} + std::chrono::days{7}};
    if (const auto successor = council_on(council.code, settled); successor && *successor != council.code)
        record.fields["successor"] = *successor;
    return record;
}

}  // namespace raadspost::registers
