// Reader of the electoral council's files in EML-NL: the definition of an election (110a) and its result, who
// was elected (520), as single files, as zips of hundreds, and as zips inside zips. Elements are told by
// local name, because prefixes differ between the tools that write them; a file may be one line without
// declaration. Files are joined to councils by the code of the election's domain only: names and the suffix
// of the id are written in several ways. A file is handed out when it has been read to its end, and otherwise
// is a Problem with its name and line; the next one is read all the same. Which dates are known is the
// caller's to say. A person's sex and place of residence are not even looked at. One reader per thread.
#pragma once

#include "core/council/lookup.hpp"
#include "core/council/membership.hpp"
#include "core/register/sink.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::registers {

// One file about one council.
struct CouncilElection {
    enum class Kind { definition, result };

    Kind kind = Kind::result;
    std::string place;                       // "all.zip, Resultaat_GR2026_Heemstede.eml.xml"
    std::string election;                    // the file's id for it: "GR2026_Heemstede"
    std::string council;                     // "GM0397"
    std::chrono::year_month_day voting_day;  // that of a known election
    std::optional<std::int32_t> seats;       // as defined, or as many as were elected
    std::vector<std::string> lists;          // registered parties, or the lists that won seats
    std::vector<ElectedMember> members;      // of a result, list by list
};

struct KnownElection {
    std::chrono::year_month_day nomination_day, voting_day;
};

struct EmlSummary {
    std::size_t files = 0;        // XML files that were looked at
    std::size_t definitions = 0;  // of them handed out
    std::size_t results = 0;
};

// `bytes` is an XML file or a zip by its first bytes; what else lies in a zip is passed over. `file_name`
// stands in the places of the problems. A file is lost by register_eml_root, register_eml_kind,
// register_eml_category, register_eml_incomplete, register_eml_domain, register_eml_date, register_truncated,
// register_xml, register_doctype, register_encoding and register_too_deep; a zip by register_zip_damaged,
// register_zip_bomb, register_encrypted, register_too_deep and register_too_many. Beside a file stand the
// warnings register_eml_date_other, register_eml_list_unnamed, register_eml_list_missing,
// register_eml_name_missing and register_seats_even.
EmlSummary read_eml(std::string_view bytes, const std::string& file_name, const CouncilIndex& councils,
                    std::span<const KnownElection> elections, const Sink<CouncilElection>& sink);

}  // namespace raadspost::registers
