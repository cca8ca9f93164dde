// From the columns of somebody's table to the fields that we know: what is proposed, and how a row becomes a
// record. Any column names are accepted; a proposal looks at the name (Dutch and English) and then at what
// stands in the column. The person may change every line of it. Pure; safe on any thread.
#pragma once

#include "core/council/lookup.hpp"
#include "core/register/file/table.hpp"
#include "core/register/sink.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::registers {

enum class TableKind { griffie_addresses, meeting_places, past_mailings, opt_outs, recesses };

struct KnownField {
    std::string_view key;      // "email"; name in Keyed::fields
    std::string_view english;  // label of the choice in the wizard
};

std::span<const KnownField> known_fields(TableKind kind);

// One entry per column: the key of the field, or "" for "not imported". No field is proposed twice.
using Mapping = std::vector<std::string>;

// `sample` are some first rows; 50 are looked at.
Mapping propose_mapping(TableKind kind, std::span<const std::string> header,
                        std::span<const TableRow> sample);

// What the mapping lacks before anything can be read: for griffie addresses a council or a mailbox at least,
// and a mailbox; for meeting places a name; ... One problem (register_mapping) for each.
std::vector<Problem> check_mapping(TableKind kind, const Mapping& mapping);

// A row as a record, its values checked and made uniform: "council" is always a code, mailboxes and postcodes
// have one spelling, coordinates have a decimal point, dates are 2026-03-18, kinds are keys. The key is
//   griffie addresses  the code of the council        past mailings  mailbox, date and subject
//   meeting places     duplicate_key                  opt-outs       mailbox
//   recesses           council or region, first day
// A row that cannot be used is a Problem with its line: register_council_unknown, register_council_ambiguous
// (text names the candidates), register_mailbox, register_mailbox_missing, register_name_missing,
// register_date, register_days. A value that is merely odd is dropped and told in `oddities`.
Result<Keyed> read_row(TableKind kind, const Mapping& mapping, const TableRow& row,
                       const CouncilIndex& councils, std::vector<Problem>& oddities);

// 2026-03-18 out of 18-03-2026, 18/3/26, 20260318, 2026-03-18T09:00, "18 maart 2026" and a spreadsheet's day
// number.
std::optional<std::string> date_of(std::string_view text);

}  // namespace raadspost::registers
