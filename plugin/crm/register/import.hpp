// An import as a record: what it would change, kept so that it can be searched and looked at later, and then
// the writing itself. Both are a handful of queries, whatever the number of records. [gil-held], in a
// transaction; parsing and comparing run without the GIL.
#pragma once

#include "core/register/mapping.hpp"
#include "crm/register/reading.hpp"
#include "crm/register/target.hpp"
#include "tryton/field.hpp"

#include <chrono>
#include <string>

namespace raadspost::crm {

// Reads the bytes and stores what would change as a record of raadspost.import; gives its id. Nothing else is
// written. A file that cannot be read at all is a record with the reason as its only line.
tryton::Id preview_import(ImportKind kind, const std::vector<SourceFile>& files,
                          const registers::Mapping& mapping);

// Writes what a preview shows: compares anew with the CRM of now, leaves what people edited unless the line
// says otherwise, and remembers what the source said. Goes on for `at_least` so long; what is then left is
// for the next call, and the record says how far it is. Each call is whole or nothing, and an import that is
// left half-way can be gone on with, stopped, or read again. Throws UserError once it is done or stopped.
void apply_import(tryton::Id import, std::chrono::milliseconds at_least);

std::unique_ptr<Target> target_of(ImportKind kind);

tryton::Choices import_kinds();  // key, English label; for the selection fields

// The elections that the CRM knows.
std::vector<registers::KnownElection> known_elections();

// The councils that the CRM knows, or those of 2026 while it knows none; for results of elections also those
// that ended in a merger before.
CouncilIndex council_index(ImportKind kind);

}  // namespace raadspost::crm
