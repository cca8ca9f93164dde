#include "crm/register/reading.hpp"

#include "core/register/geojson.hpp"
#include "core/register/roo.hpp"
#include "crm/register/election_reading.hpp"

#include <Poco/MemoryStream.h>

#include <algorithm>
#include <array>

namespace raadspost::crm {
namespace {

using namespace registers;

constexpr std::array<std::string_view, 7> keys = {
    "councils", "elections", "griffie_addresses", "meeting_places", "past_mailings", "opt_outs", "recesses"};

// The first character that is not blank and not a byte order mark.
char first_sign(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    const auto found = bytes.find_first_not_of(" \t\r\n");
    return found == std::string_view::npos ? '\0' : bytes[found];
}

bool is_employees_table(std::string_view bytes) {
    return bytes.substr(0, bytes.find('\n')).find("Functie") != std::string_view::npos;
}

void read_councils(std::string_view bytes, std::chrono::year_month_day today, Reading& reading) {
    Poco::MemoryInputStream in{bytes.data(), static_cast<std::streamsize>(bytes.size())};
    const auto problem = [&](Problem each) { reading.problems.push_back(std::move(each)); };
    const Sink<RooCouncil> councils{[&](RooCouncil council) {
                                        Keyed ending = ending_of(council);
                                        if (council.ends && *council.ends <= today) {
                                            reading.ended.push_back(std::move(ending));
                                            return;
                                        }
                                        reading.records.push_back(keyed(council));
                                        reading.records.back().fields.merge(ending.fields);
                                    },
                                    problem};
    if (first_sign(bytes) == '<') {
        // What lies behind a break has not gone.
        if (read_roo_xml(in, today, councils).complete) reading.origin = "roo";
    } else if (is_employees_table(bytes)) {
        read_roo_employees_csv(
            in, {[&](RooEmployee griffier) {
                     reading.records.push_back(
                         {griffier.code, {{"griffier", griffier.name}}, at_line(griffier.line)});
                 },
                 problem});
    } else {
        if (read_roo_csv(in, today, councils).complete) reading.origin = "roo";
    }
}

void read_rows(TableKind kind, std::string_view bytes, const Mapping& mapping, const CouncilIndex& councils,
               Reading& reading) {
    for (Problem& problem : check_mapping(kind, mapping)) reading.problems.push_back(std::move(problem));
    if (!reading.problems.empty()) return;
    read_table(bytes, {[](const auto&) {},
                       [&](const TableRow& row) {
                           auto record = read_row(kind, mapping, row, councils, reading.problems);
                           if (record)
                               reading.records.push_back(*std::move(record));
                           else
                               reading.problems.push_back(record.problem());
                       },
                       [&](Problem problem) { reading.problems.push_back(std::move(problem)); }});
}

}  // namespace

std::optional<ImportKind> import_kind(std::string_view key) {
    const auto found = std::find(keys.begin(), keys.end(), key);
    if (found == keys.end()) return std::nullopt;
    return static_cast<ImportKind>(found - keys.begin());
}

std::string_view key_of(ImportKind kind) {
    return keys[static_cast<std::size_t>(kind)];
}

std::optional<TableKind> table_kind(ImportKind kind, std::string_view bytes) {
    switch (kind) {
        case ImportKind::councils:
        case ImportKind::elections:
            return std::nullopt;
        case ImportKind::griffie_addresses:
            return TableKind::griffie_addresses;
        case ImportKind::meeting_places:
            return first_sign(bytes) == '{' ? std::nullopt : std::optional{TableKind::meeting_places};
        case ImportKind::past_mailings:
            return TableKind::past_mailings;
        case ImportKind::opt_outs:
            return TableKind::opt_outs;
        case ImportKind::recesses:
            return TableKind::recesses;
    }
    return std::nullopt;
}

Reading read_register(ImportKind kind, const std::vector<SourceFile>& files, const Mapping& mapping,
                      const Known& known) {
    Reading reading;
    if (kind == ImportKind::elections) {
        read_elections(files, known, reading);
        return reading;
    }
    const std::string_view bytes = files.front().bytes;
    if (const auto table = table_kind(kind, bytes)) {
        reading.origin = "table";
        read_rows(*table, bytes, mapping, known.councils, reading);
    } else if (kind == ImportKind::councils) {
        read_councils(bytes, known.today, reading);
    } else {
        reading.origin = "osm";
        Poco::MemoryInputStream in{bytes.data(), static_cast<std::streamsize>(bytes.size())};
        read_geojson(in, known.councils,
                     {[&](MeetingPlace place) { reading.records.push_back(keyed(place)); },
                      [&](Problem problem) { reading.problems.push_back(std::move(problem)); }});
    }
    return reading;
}

bool is_warning(const Problem& problem) {
    constexpr std::string_view warnings[] = {"register_eml_date_other",
                                             "register_eml_list_unnamed",
                                             "register_eml_list_missing",
                                             "register_eml_name_missing",
                                             "register_eml_seats_differ",
                                             "register_eml_names_doubtful",
                                             "register_eml_previous_unknown",
                                             "register_eml_ended",
                                             "register_seats_even",
                                             "register_seats_sum",
                                             "register_seats_statutory",
                                             "register_no_postal_address",
                                             "register_no_mailbox",
                                             "register_domains_differ",
                                             "register_code_unknown",
                                             "register_odd_value",
                                             "register_party_doubtful",
                                             "register_successor_unknown",
                                             "register_no_councils",
                                             "register_several_mailboxes",
                                             "register_value",
                                             "register_windows_1252",
                                             "register_other_sheets"};
    return std::ranges::find(warnings, problem.id) != std::end(warnings);
}

}  // namespace raadspost::crm
