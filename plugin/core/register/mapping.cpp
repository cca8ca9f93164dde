#include "core/register/mapping.hpp"

#include "core/council/address.hpp"
#include "core/council/code.hpp"
#include "core/fold.hpp"
#include "core/register/values.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace raadspost::registers {
namespace {

constexpr KnownField griffie_fields[] = {{"council", "Council (name or code)"},
                                         {"email", "E-mail"},
                                         {"griffier", "Name of the griffier"},
                                         {"telephone", "Telephone"},
                                         {"street", "Street"},
                                         {"house_number", "House number"},
                                         {"post_box", "Post box"},
                                         {"postcode", "Postcode"},
                                         {"place", "Place"},
                                         {"website", "Website"},
                                         {"note", "Note"}};
constexpr KnownField place_fields[] = {{"name", "Name"},
                                       {"kind", "Kind"},
                                       {"council", "Municipality (name or code)"},
                                       {"village", "Village"},
                                       {"street", "Street"},
                                       {"house_number", "House number"},
                                       {"postcode", "Postcode"},
                                       {"place", "Place"},
                                       {"latitude", "Latitude"},
                                       {"longitude", "Longitude"},
                                       {"operated_by", "Operated by"},
                                       {"legal_form", "Legal form"},
                                       {"email", "E-mail"},
                                       {"telephone", "Telephone"},
                                       {"website", "Website"},
                                       {"opening_hours", "Opening hours"},
                                       {"activities", "Activities"},
                                       {"wheelchair", "Wheelchair access"},
                                       {"emergency_point", "Emergency support point"},
                                       {"place_status", "Status"},
                                       {"source_id", "Number in the source"}};
constexpr KnownField mailing_fields[] = {
    {"council", "Council (name or code)"}, {"email", "E-mail"},    {"date", "Date"}, {"subject", "Subject"},
    {"status", "Delivery status"},         {"outcome", "Outcome"}, {"note", "Note"}};
constexpr KnownField opt_out_fields[] = {{"email", "E-mail"},
                                         {"council", "Council (name or code)"},
                                         {"date", "Date"},
                                         {"reason", "Reason"},
                                         {"note", "Note"}};

constexpr KnownField recess_fields[] = {{"name", "Name"},
                                        {"region", "Region of the school holidays"},
                                        {"council", "Municipality (name or code)"},
                                        {"from_day", "First day"},
                                        {"to_day", "Last day"}};

struct Synonym {
    std::string_view field, folded_name;
    int weight;  // of an exact match; less means that the word is ambiguous
};

// "gemeentecode" outweighs "gemeente": where a table has both, the code is the better one.
constexpr Synonym synonyms[] = {{"council", "cbs code", 110},
                                {"council", "gemeentecode", 110},
                                {"council", "gemeente code", 110},
                                {"council", "gm code", 110},
                                {"council", "gmcode", 110},
                                {"council", "tooi", 105},
                                {"council", "tooi uri", 105},
                                {"council", "council code", 110},
                                {"council", "municipality code", 110},
                                {"council", "cbs", 105},
                                {"council", "gemeente", 100},
                                {"council", "gemeentenaam", 100},
                                {"council", "naam gemeente", 100},
                                {"council", "gemeenteraad", 100},
                                {"council", "raad", 95},
                                {"council", "council", 100},
                                {"council", "municipality", 100},
                                {"council", "officiele naam", 80},
                                {"council", "organisatie", 70},
                                {"council", "organisation", 70},
                                {"council", "bedrijf", 50},
                                {"council", "company", 50},
                                {"email", "e mail", 100},
                                {"email", "email", 100},
                                {"email", "mail", 95},
                                {"email", "emailadres", 100},
                                {"email", "e mailadres", 100},
                                {"email", "e mail adres", 100},
                                {"email", "mailadres", 100},
                                {"email", "email address", 100},
                                {"email", "mailbox", 95},
                                {"email", "griffie e mail", 105},
                                {"email", "griffie email", 105},
                                {"email", "griffiemail", 105},
                                {"email", "e mail griffie", 105},
                                {"email", "email griffie", 105},
                                {"email", "e mailadres griffie", 105},
                                {"email", "e mail adres griffie", 105},
                                {"email", "emailadres griffie", 105},
                                {"email", "mailadres griffie", 105},
                                {"email", "e mail griffier", 104},
                                {"email", "email griffier", 104},
                                {"email", "e mailadres griffier", 104},
                                {"email", "emailadres griffier", 104},
                                {"email", "subscriber", 60},
                                {"griffier", "griffier", 100},
                                {"griffier", "naam griffier", 105},
                                {"griffier", "raadsgriffier", 105},
                                {"griffier", "registrar", 100},
                                {"griffier", "contactpersoon", 80},
                                {"griffier", "contact", 60},
                                {"griffier", "naam", 45},
                                {"griffier", "name", 45},
                                {"telephone", "telefoon", 100},
                                {"telephone", "telefoonnummer", 100},
                                {"telephone", "tel", 100},
                                {"telephone", "telnr", 100},
                                {"telephone", "phone", 100},
                                {"telephone", "telephone", 100},
                                {"telephone", "mobiel", 70},
                                {"street", "straat", 100},
                                {"street", "straatnaam", 100},
                                {"street", "street", 100},
                                {"street", "adres", 90},
                                {"street", "address", 90},
                                {"street", "bezoekadres", 90},
                                {"street", "openbare ruimte", 90},
                                {"house_number", "huisnummer", 100},
                                {"house_number", "huisnr", 100},
                                {"house_number", "nummer", 70},
                                {"house_number", "house number", 100},
                                {"house_number", "nr", 70},
                                {"post_box", "postbus", 100},
                                {"post_box", "po box", 100},
                                {"postcode", "postcode", 100},
                                {"postcode", "pc", 80},
                                {"postcode", "postal code", 100},
                                {"postcode", "zip", 90},
                                {"place", "plaats", 100},
                                {"place", "woonplaats", 100},
                                {"place", "plaatsnaam", 100},
                                {"place", "city", 100},
                                {"place", "place", 95},
                                {"place", "town", 95},
                                {"website", "website", 100},
                                {"website", "url", 90},
                                {"website", "internet", 90},
                                {"website", "web", 90},
                                {"website", "site", 90},
                                {"note", "opmerking", 100},
                                {"note", "opmerkingen", 100},
                                {"note", "notitie", 100},
                                {"note", "note", 100},
                                {"note", "notes", 100},
                                {"note", "toelichting", 95},
                                {"note", "remarks", 100},
                                {"name", "naam", 100},
                                {"name", "name", 100},
                                {"name", "naam locatie", 105},
                                {"name", "naam ontmoetingsplek", 110},
                                {"name", "locatie", 80},
                                {"name", "accommodatie", 85},
                                {"name", "ontmoetingsplek", 90},
                                {"name", "dorpshuis", 80},
                                {"kind", "soort", 100},
                                {"kind", "type", 95},
                                {"kind", "kind", 100},
                                {"kind", "categorie", 85},
                                {"kind", "category", 85},
                                {"village", "dorp", 100},
                                {"village", "kern", 100},
                                {"village", "village", 100},
                                {"village", "wijk", 80},
                                {"village", "buurt", 75},
                                {"latitude", "latitude", 100},
                                {"latitude", "lat", 100},
                                {"latitude", "breedtegraad", 100},
                                {"longitude", "longitude", 100},
                                {"longitude", "lon", 100},
                                {"longitude", "lng", 100},
                                {"longitude", "long", 95},
                                {"longitude", "lengtegraad", 100},
                                {"operated_by", "beheerder", 100},
                                {"operated_by", "exploitant", 100},
                                {"operated_by", "operator", 100},
                                {"operated_by", "stichting", 85},
                                {"operated_by", "eigenaar", 70},
                                {"legal_form", "rechtsvorm", 100},
                                {"legal_form", "legal form", 100},
                                {"opening_hours", "openingstijden", 100},
                                {"opening_hours", "opening hours", 100},
                                {"activities", "activiteiten", 100},
                                {"activities", "activities", 100},
                                {"activities", "activiteit", 100},
                                {"activities", "aanbod", 85},
                                {"wheelchair", "rolstoel", 100},
                                {"wheelchair", "rolstoeltoegankelijk", 105},
                                {"wheelchair", "toegankelijk", 90},
                                {"wheelchair", "wheelchair", 100},
                                {"emergency_point", "noodsteunpunt", 105},
                                {"emergency_point", "emergency point", 105},
                                {"place_status", "status", 100},
                                {"place_status", "toestand", 90},
                                {"source_id", "id", 80},
                                {"source_id", "osm id", 100},
                                {"source_id", "bron id", 100},
                                {"source_id", "stembureau id", 90},
                                {"date", "datum", 100},
                                {"date", "date", 100},
                                {"date", "verzenddatum", 105},
                                {"date", "verzonden op", 105},
                                {"date", "sent at", 105},
                                {"date", "afmelddatum", 105},
                                {"date", "afgemeld op", 105},
                                {"date", "unsubscribed at", 105},
                                {"date", "timestamp", 80},
                                {"subject", "onderwerp", 100},
                                {"subject", "subject", 100},
                                {"subject", "oproep", 90},
                                {"subject", "campagne", 85},
                                {"subject", "campaign", 85},
                                {"subject", "mailing", 80},
                                {"status", "status", 100},
                                {"status", "afleverstatus", 105},
                                {"status", "delivery", 90},
                                {"status", "bezorging", 90},
                                {"outcome", "uitkomst", 100},
                                {"outcome", "resultaat", 95},
                                {"outcome", "outcome", 100},
                                {"outcome", "antwoord", 85},
                                {"outcome", "reactie", 85},
                                {"outcome", "response", 85},
                                {"region", "regio", 100},
                                {"region", "region", 100},
                                {"region", "schoolregio", 105},
                                {"name", "reces", 95},
                                {"name", "vakantie", 90},
                                {"from_day", "van", 95},
                                {"from_day", "vanaf", 100},
                                {"from_day", "begin", 95},
                                {"from_day", "begindatum", 105},
                                {"from_day", "startdatum", 105},
                                {"from_day", "eerste dag", 105},
                                {"from_day", "from", 100},
                                {"from_day", "start", 95},
                                {"to_day", "tot", 95},
                                {"to_day", "tot en met", 105},
                                {"to_day", "t m", 100},
                                {"to_day", "einde", 95},
                                {"to_day", "einddatum", 105},
                                {"to_day", "laatste dag", 105},
                                {"to_day", "to", 95},
                                {"to_day", "until", 100},
                                {"to_day", "end", 95},
                                {"reason", "reden", 100},
                                {"reason", "reason", 100}};

constexpr int least_score = 40;
constexpr std::size_t rows_looked_at = 50;

std::string without_spaces(std::string text) {
    std::erase(text, ' ');
    return text;
}

int score_of_name(std::string_view field, const std::string& header) {
    int best = 0;
    const std::string padded = ' ' + header + ' ', packed = without_spaces(header);
    for (const Synonym& synonym : synonyms) {
        if (synonym.field != field) continue;
        const std::string name{synonym.folded_name};
        if (header == name || packed == without_spaces(name))
            best = std::max(best, synonym.weight);
        else if (padded.find(' ' + name + ' ') != std::string::npos)
            best =
                std::max(best, synonym.weight / 2 + static_cast<int>(std::min<std::size_t>(name.size(), 10)));
    }
    return best;
}

// The share of filled cells that look like a value of the field, in per cent; nothing when no cell is filled
// or when any text would do.
std::optional<int> share_that_fits(std::string_view field, std::span<const TableRow> sample,
                                   std::size_t column) {
    std::size_t filled = 0, fits = 0;
    for (const TableRow& row : sample) {
        if (column >= row.cells.size() || row.cells[column].empty()) continue;
        ++filled;
        const std::string& cell = row.cells[column];
        if (field == "email")
            fits += mailbox_in(cell).has_value();
        else if (field == "council")
            fits += council_code(cell) && (is_council_code(cell) || cell.size() > 6);
        else if (field == "postcode" || field == "date" || field == "latitude" || field == "longitude")
            fits += value_of(field, cell).has_value();
        else
            return std::nullopt;
    }
    if (filled == 0) return std::nullopt;
    return static_cast<int>(fits * 100 / filled);
}

int score(std::string_view field, const std::string& header, std::span<const TableRow> sample,
          std::size_t column) {
    int points = score_of_name(field, header);
    const auto share = share_that_fits(field, sample, column);
    if (!share) return points;
    const bool shape_is_enough = field == "email" || field == "council" || field == "postcode";
    if (*share >= 60)
        points = shape_is_enough ? std::max(points, 50) + 10 : points + (points > 0 ? 10 : 0);
    else if (*share < 20 && field != "council")
        points -= 45;  // "Mail" may say when, not where
    return points;
}

}  // namespace

std::span<const KnownField> known_fields(TableKind kind) {
    switch (kind) {
        case TableKind::griffie_addresses:
            return griffie_fields;
        case TableKind::meeting_places:
            return place_fields;
        case TableKind::past_mailings:
            return mailing_fields;
        case TableKind::opt_outs:
            return opt_out_fields;
        case TableKind::recesses:
            return recess_fields;
    }
    return {};
}

Mapping propose_mapping(TableKind kind, std::span<const std::string> header,
                        std::span<const TableRow> sample) {
    struct Candidate {
        int score;
        std::size_t column;
        std::string_view field;
    };
    sample = sample.first(std::min(sample.size(), rows_looked_at));
    std::vector<Candidate> candidates;
    for (std::size_t column = 0; column < header.size(); ++column) {
        const std::string name = folded(header[column]);
        for (const KnownField& field : known_fields(kind))
            if (const int points = score(field.key, name, sample, column); points >= least_score)
                candidates.push_back({points, column, field.key});
    }
    std::ranges::stable_sort(candidates, std::ranges::greater{}, &Candidate::score);
    Mapping mapping(header.size());
    for (const Candidate& candidate : candidates)
        if (mapping[candidate.column].empty() && std::ranges::find(mapping, candidate.field) == mapping.end())
            mapping[candidate.column] = candidate.field;
    return mapping;
}

std::vector<Problem> check_mapping(TableKind kind, const Mapping& mapping) {
    std::vector<Problem> problems;
    const auto has = [&](std::string_view field) {
        return std::ranges::find(mapping, field) != mapping.end();
    };
    const auto need = [&](bool there, const char* field, const char* text) {
        if (!there) problems.push_back({"register_mapping", "", field, text});
    };
    switch (kind) {
        case TableKind::griffie_addresses:
        case TableKind::opt_outs:
            need(has("email"), "email", "Say which column holds the e-mail addresses.");
            break;
        case TableKind::meeting_places:
            need(has("name"), "name", "Say which column holds the names.");
            break;
        case TableKind::past_mailings:
            need(has("email") || has("council"), "email",
                 "Say which column holds the e-mail addresses or the councils.");
            need(has("date"), "date", "Say which column holds the dates.");
            break;
        case TableKind::recesses:
            need(has("from_day"), "from_day", "Say which column holds the first days.");
            need(has("to_day"), "to_day", "Say which column holds the last days.");
            break;
    }
    for (const KnownField& field : known_fields(kind))
        if (std::ranges::count(mapping, field.key) > 1)
            problems.push_back({"register_mapping", "", std::string{field.key},
                                "Two columns are said to hold the same field (" + std::string{field.english} +
                                    "); choose one of them."});
    return problems;
}

}  // namespace raadspost::registers
