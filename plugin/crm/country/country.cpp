#include "crm/country/country.hpp"

#include "core/council/code.hpp"
#include "core/council/table.hpp"
#include "core/fold.hpp"
#include "crm/country/council.hpp"
#include "crm/country/meeting_place.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace raadspost::crm {
namespace {

using namespace tryton;

// The same numbers on every machine, so that screenshots and tests stay alike.
class Dice {
public:
    explicit Dice(std::string_view seed) {
        for (const char c : seed) state_ = (state_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    }
    std::size_t below(std::size_t sides) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return static_cast<std::size_t>(state_ % sides);
    }
    template <class Choices>
    auto one_of(const Choices& choices) {
        return choices[below(std::size(choices))];
    }

private:
    std::uint64_t state_ = 14695981039346656037ULL;
};

constexpr std::string_view beginnings[] = {"Ooster", "Wester", "Noorder", "Zuider", "Nieuw", "Oud",
                                           "Klein",  "Hoog",   "Laag",    "Linden", "Eiken", "Berken"};
constexpr std::string_view endings[] = {"broek", "wolde", "veen", "loo",   "horst", "hoven",
                                        "meer",  "dijk",  "kamp", "kerke", "woud",  "zande"};
constexpr std::string_view house_names[] = {"De Linde",    "De Brink",      "Ons Huis",     "De Schakel",
                                            "'t Trefpunt", "De Ontmoeting", "De Klok",      "De Regenboog",
                                            "De Spil",     "'t Anker",      "De Wegwijzer", "De Haard"};
constexpr std::string_view streets[] = {"Kerkstraat", "Dorpsstraat", "Brink",      "Schoolstraat",
                                        "Molenweg",   "Lindelaan",   "Marktplein", "Stationsweg"};
constexpr std::string_view activities[] = {"open inloop, koffieochtend", "open inloop, eetpunt, spreekuur",
                                           "digitale hulp, taalcaf\xC3\xA9", "eetpunt, biljart, koor",
                                           "Alzheimercaf\xC3\xA9, open inloop"};

struct House {
    std::string_view kind, before;
};
constexpr House houses[] = {{"dorpshuis", "Dorpshuis "},
                            {"dorpshuis", "Dorpshuis "},
                            {"buurthuis", "Buurthuis "},
                            {"wijkcentrum", "Wijkcentrum "},
                            {"mfa", "MFA "},
                            {"gemeenschapshuis", "Gemeenschapshuis "},
                            {"huiskamer", "Buurthuiskamer "}};

// "sudwest-fryslan": a label of a host name.
std::string host_label(const std::string& name) {
    std::string label = folded(name);
    std::replace(label.begin(), label.end(), ' ', '-');
    return label;
}

std::size_t add_councils(const CountryOptions& options) {
    const auto known = councils_by_code();
    std::vector<Decided> fresh;
    std::vector<const Council*> facts;
    for (const Council& council : councils_2026()) {
        if (known.contains(council.code)) continue;
        Decided record{council.code, 0, {}, {}, true};
        const std::string host = options.domain_suffix.empty()
                                     ? "www." + council.website_domain
                                     : host_label(council.name) + '.' + options.domain_suffix;
        record.values = {{"name", council.name},
                         {"province", council.province},
                         {"inhabitants", std::to_string(council.inhabitants.value_or(0))},
                         {"seats", std::to_string(council.seats.value_or(0))},
                         {"website", "https://" + host},
                         {"tooi", tooi_uri(council.code)}};
        for (const Merger& merger : mergers())
            if (merger.from == council.code) {
                const Date last_day = std::chrono::sys_days{merger.day} - std::chrono::days{1};
                record.values["active_to"] = text_of(std::optional{last_day});
                record.values["successor"] = merger.to;
            }
        record.imported = record.values;
        // The proposal would leave the host's first label out, and all griffies would share one mailbox.
        if (!options.domain_suffix.empty()) record.values["griffie_email"] = "griffie@" + host;
        fresh.push_back(std::move(record));
        facts.push_back(&council);
    }
    if (fresh.empty()) return 0;
    council_target()->write(fresh);

    const auto made = councils_by_code();
    std::vector<std::tuple<Id, std::optional<double>, std::optional<double>>> positions;
    for (const Council* council : facts)
        if (council->coordinates)
            positions.emplace_back(made.at(council->code), council->coordinates->latitude,
                                   council->coordinates->longitude);
    update_rows<std::optional<double>, std::optional<double>>("raadspost.council", {"latitude", "longitude"},
                                                              positions);
    return fresh.size();
}

void add_places(CountryCounts& counts) {
    const Rows<std::int64_t> present{"select count(*) from raadspost_meeting_place where source = 'demo'"};
    if (std::get<0>(present.front()) > 0) return;
    const auto councils = councils_by_code();
    std::vector<std::tuple<Id, std::string, std::string, std::string>> villages;
    std::vector<const Council*> municipality;
    for (const Council& council : councils_2026()) {
        const auto id = councils.find(council.code);
        if (id == councils.end()) continue;
        Dice dice{council.code};
        const std::size_t number = 2 + dice.below(3);
        std::vector<std::string> names;
        while (names.size() < number) {
            std::string name = std::string{dice.one_of(beginnings)} + std::string{dice.one_of(endings)};
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        }
        for (const std::string& name : names) {
            villages.emplace_back(id->second, name, folded(name), "Dorpsbelang " + name);
            municipality.push_back(&council);
        }
    }
    const Ids village_ids = insert_rows<Id, std::string, std::string, std::string>(
        "raadspost.village", {"council", "name", "search_name", "organisation"}, villages);

    using Text = std::string;
    std::vector<std::tuple<Text, Text, Id, Id, Text, Text, Text, Text, double, double, Text, Text,
                           std::int64_t, std::int64_t, Text, bool, Text, Text, Text>>
        places;
    for (std::size_t n = 0; n < villages.size(); ++n) {
        const auto& [council, village, search_name, organisation] = villages[n];
        const Council& around = *municipality[n];
        Dice dice{around.code + village};
        const House house = dice.one_of(houses);
        const std::string own_name{dice.one_of(house_names)};
        const std::string postcode = std::to_string(1000 + dice.below(9000)) + " " +
                                     static_cast<char>('A' + dice.below(26)) +
                                     static_cast<char>('A' + dice.below(26));
        const Coordinates at = around.coordinates.value_or(Coordinates{5.3, 52.1});
        const auto astray = [&] { return (static_cast<double>(dice.below(400)) - 200) / 10'000; };
        const std::string_view status = dice.below(12) == 0 ? "threatened" : "existing";
        const double latitude = at.latitude + astray(), longitude = at.longitude + astray();
        places.emplace_back(
            std::string{house.before} + own_name, std::string{house.kind}, council, village_ids[n],
            std::string{dice.one_of(streets)}, std::to_string(1 + dice.below(80)), postcode, village,
            latitude, longitude, "Stichting " + own_name + " " + village, "stichting",
            static_cast<std::int64_t>(1950 + dice.below(75)), static_cast<std::int64_t>(5 + dice.below(60)),
            std::string{dice.one_of(activities)}, dice.below(4) == 0, std::string{status}, "demo",
            around.code + "/" + village);
    }
    const Ids made =
        insert_rows("raadspost.meeting_place",
                    std::array<std::string_view, 19>{
                        "name", "kind", "council", "village", "street", "house_number", "postcode", "place",
                        "latitude", "longitude", "operated_by", "legal_form", "opened_in", "volunteers",
                        "activities", "emergency_point", "status", "source", "source_id"},
                    places);
    refresh_meeting_place_names(made);
    counts.villages = village_ids.size();
    counts.meeting_places = made.size();
}

std::size_t griffies() {
    return static_cast<std::size_t>(
        std::get<0>(Rows<std::int64_t>{"select count(*) from raadspost_griffie"}.front()));
}

}  // namespace

CountryCounts load_country(const CountryOptions& options) {
    CountryCounts counts;
    const std::size_t before = griffies();
    counts.councils = add_councils(options);
    counts.griffies = griffies() - before;
    if (options.with_meeting_places) add_places(counts);
    return counts;
}

tryton::Value load_country_entry(const tryton::List& arguments) {
    CountryOptions options;
    const Dict given = arguments.empty() ? Dict{} : arguments.front().as<Dict>();
    if (const auto suffix = given.find("domain_suffix"); suffix != given.end() && !suffix->second.is_null())
        options.domain_suffix = suffix->second.as<std::string>();
    if (const auto places = given.find("with_meeting_places"); places != given.end())
        options.with_meeting_places = places->second.truth();
    const CountryCounts made = load_country(options);
    return Dict{{"councils", made.councils},
                {"griffies", made.griffies},
                {"villages", made.villages},
                {"meeting_places", made.meeting_places}};
}

}  // namespace raadspost::crm
