// Readers of the Register van Overheidsorganisaties (ROO, organisaties.overheid.nl): the XML export in its
// versions 2.4 to 2.6.13, and the two CSV exports. They stream: a file of 100 MB needs no more memory than
// its largest organisation. The XML is read by local name, because the namespace changes with every version;
// DOCTYPE and entities are refused. What is complete before a break is handed out, and the break is a Problem
// with its line. The seats are the register's, with its errors (the electoral council's results are the
// authority); what looks wrong comes as a warning of `warnings_on`.
#pragma once

#include "core/council/council.hpp"
#include "core/register/sink.hpp"

#include <chrono>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace raadspost::registers {

struct PartySeats {
    std::string party;
    std::int32_t seats = 0;
};

// A municipality as the register knows it.
struct RooCouncil {
    std::string code;       // "GM0397", out of the TOOI URI
    std::string system_id;  // the register's own number, "24295"
    std::string name;       // without "Gemeente " before it
    std::string official_name;
    std::string tooi, owms, oin, kvk, rsin, ictu;
    std::string province;  // ISO 3166-2; empty when no address tells it
    std::string telephone, general_email;
    std::string griffie_email;  // only where the register really names one: of the griffier, or "griffie" in
                                // a mailbox
    std::string griffier;       // name with titles
    std::string website;
    Address visiting_address, postal_address;
    std::optional<Coordinates> coordinates;
    std::optional<std::int32_t> inhabitants;
    std::vector<std::string> places;  // "bevatPlaatsen"
    std::optional<std::int32_t> seats;
    std::vector<PartySeats> parties;
    std::string incoming_documents_url;               // the Woo index' link to the list of incoming documents
    std::optional<std::chrono::year_month_day> ends;  // "eindDatum": the first day on which it is no more
    std::size_t line = 0;                             // where the record begins
};

// One row of medewerkers_Gemeenten.csv.
struct RooEmployee {
    std::string code;  // council
    std::string name, function;
    std::size_t line = 0;
};

struct RooSummary {
    std::string version;            // "2.6.9"; empty for CSV and when the root was not reached
    std::size_t organisations = 0;  // complete ones, of any type, at the top level
    std::size_t councils = 0;       // of them handed out that still exist on `today`
    std::size_t ended = 0;          // and those that do not
    bool complete = false;          // read to the end
};

// `today` decides whether an end date lies in the past. The register keeps hundreds of municipalities that
// are no more; they are handed out like the others, in the order of the file, but unchecked: nothing of them
// counts besides `ends`. Problems: register_not_roo, register_namespace,
// register_truncated, register_xml, register_doctype, register_too_deep, register_too_long,
// register_code_unknown, register_duplicate, and the warnings below.
RooSummary read_roo_xml(std::istream& in, std::chrono::year_month_day today, const Sink<RooCouncil>& sink);

// Gemeenten.csv, columns by their names.
RooSummary read_roo_csv(std::istream& in, std::chrono::year_month_day today, const Sink<RooCouncil>& sink);

// medewerkers_Gemeenten.csv; only griffiers are handed out (function Raadsgriffier, else Griffier).
RooSummary read_roo_employees_csv(std::istream& in, const Sink<RooEmployee>& sink);

// What a person should look at although the record is imported: even number of seats, parties that do not add
// up, seats other than the law's number, no postal address, no general mailbox, mailbox and website of
// different domains.
std::vector<Problem> warnings_on(const RooCouncil& council);

// For the preview and `compare`: key is the code; field names are those of the CRM's council and griffie
// ("griffie_email", "seats", ...). A field that the source does not have is absent.
Keyed keyed(const RooCouncil& council);

// Of these only what tells its end: "active_to", the last day, and "successor", the code of the council that
// takes over by the table of mergers; the register does not tell it. No field while there is no end in sight;
// no successor where the table knows none, or where the municipality was split up.
Keyed ending_of(const RooCouncil& council);

}  // namespace raadspost::registers
