// What an import would change, field by field, without losing what people edited. The rule: a field whose
// present value is not the value that the last import brought belongs to a person and stays; the preview
// shows both values. Generic over all registers: records are keys with named texts. A pure function; safe on
// any thread.
#pragma once

#include "core/register/sink.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace raadspost::registers {

enum class Change {
    added,      // not there yet
    changed,    // at least one field will be written
    unchanged,  // nothing to write; fields that a person keeps may still be shown
    gone,       // was imported before, is not in this source; never deleted, only told
    refused,    // no key, or the key a second time in the same source
};

struct FieldChange {
    std::string field;
    std::string present;        // what the CRM has; empty for a new record
    std::string imported;       // what the source says
    std::string last_imported;  // what the source said last time
    bool kept = false;          // a person's: stays as `present`
};

struct RecordChange {
    std::string key;
    Change change = Change::unchanged;
    std::vector<FieldChange> fields;  // only where present and imported differ; by name of the field
    std::optional<Problem> problem;   // of a refused record
};

// Each span may be in any order; a key occurs once in `existing` and in `last_imported`. A field that
// `imported` does not name is left alone. A record in `existing` that no import ever brought and that is not
// in `imported` is not mentioned. A record that a person deleted must be left out of `last_imported` by the
// caller if it may come back as new. The result is in the order of `imported`, then the gone ones by key.
std::vector<RecordChange> compare(std::span<const Keyed> existing, std::span<const Keyed> imported,
                                  std::span<const Keyed> last_imported);

}  // namespace raadspost::registers
