// From the bytes of a file to records that can be compared with the CRM: chooses the reader by the kind and
// by the first bytes. Needs nothing of the host, so that large files are read without holding up others; safe
// on any thread.
#pragma once

#include "core/register/eml.hpp"
#include "core/register/mapping.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::crm {

enum class ImportKind {
    councils,
    elections,
    griffie_addresses,
    meeting_places,
    past_mailings,
    opt_outs,
    recesses
};

// "griffie_addresses", as it is stored; and back.
std::optional<ImportKind> import_kind(std::string_view key);
std::string_view key_of(ImportKind kind);

struct SourceFile {
    std::string name;
    std::string bytes;
};

// What a reader needs to know of the CRM.
struct Known {
    const CouncilIndex& councils;
    std::vector<registers::KnownElection> elections;  // besides those of the law
    std::chrono::year_month_day today;                // decides which municipalities have ended
};

// The kind of table that needs its columns mapped; nothing for a register that has names of its own.
std::optional<registers::TableKind> table_kind(ImportKind kind, std::string_view bytes);

struct Reading {
    std::vector<registers::Keyed> records;
    // What is no more; it matters only where the CRM knows it.
    std::vector<registers::Keyed> ended;
    // Which whole this is ("roo", "osm"): what an earlier reading of the same whole had and this one lacks is
    // gone. Empty for a source that is no whole.
    std::string origin;
    std::vector<Problem> problems;  // lines that were left out, and what is merely odd
};

// `mapping` is used for tables only. Elections may come with a second file, that of the election before; what
// other kinds bring besides the first is not looked at.
Reading read_register(ImportKind kind, const std::vector<SourceFile>& files,
                      const registers::Mapping& mapping, const Known& known);

// A problem that a person should look at although the record is taken over.
bool is_warning(const Problem& problem);

}  // namespace raadspost::crm
