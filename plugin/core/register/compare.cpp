#include "core/register/compare.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace raadspost::registers {
namespace {

using ByKey = std::unordered_map<std::string_view, const Keyed*>;

ByKey by_key(std::span<const Keyed> records) {
    ByKey index;
    index.reserve(records.size());
    for (const Keyed& record : records) index.emplace(record.key, &record);
    return index;
}

const Keyed* find(const ByKey& index, std::string_view key) {
    const auto found = index.find(key);
    return found == index.end() ? nullptr : found->second;
}

const std::string* field_of(const Keyed* record, const std::string& name) {
    if (!record) return nullptr;
    const auto found = record->fields.find(name);
    return found == record->fields.end() ? nullptr : &found->second;
}

// What was never imported and stands there was typed by a person; what was imported and is no longer so, too.
bool is_a_persons(const std::string& present, const std::string* last) {
    return last ? present != *last : !present.empty();
}

RecordChange compared(const Keyed& imported, const Keyed* existing, const Keyed* last) {
    RecordChange change{imported.key, existing ? Change::unchanged : Change::added, {}, {}};
    for (const auto& [name, value] : imported.fields) {
        const std::string* present = field_of(existing, name);
        const std::string* before = field_of(last, name);
        FieldChange field{name, present ? *present : "", value, before ? *before : "", false};
        if (field.present == field.imported) continue;
        field.kept = existing && is_a_persons(field.present, before);
        if (!field.kept && existing) change.change = Change::changed;
        change.fields.push_back(std::move(field));
    }
    return change;
}

RecordChange refused(const Keyed& record, std::string id, std::string text) {
    return {record.key,
            Change::refused,
            {},
            Problem{std::move(id), record.place, quoted(record.key), std::move(text)}};
}

}  // namespace

std::vector<RecordChange> compare(std::span<const Keyed> existing, std::span<const Keyed> imported,
                                  std::span<const Keyed> last_imported) {
    const ByKey present = by_key(existing);
    const ByKey last = by_key(last_imported);
    std::unordered_set<std::string_view> seen;
    std::vector<RecordChange> changes;
    changes.reserve(imported.size());
    for (const Keyed& record : imported) {
        if (record.key.empty())
            changes.push_back(
                refused(record, "register_key_missing",
                        "This record has nothing by which it can be recognised; it is not imported."));
        else if (!seen.insert(record.key).second)
            changes.push_back(
                refused(record, "register_duplicate",
                        "This record stands in the file a second time; the first one is used."));
        else
            changes.push_back(compared(record, find(present, record.key), find(last, record.key)));
    }
    std::vector<RecordChange> gone;
    for (const Keyed& record : last_imported)
        if (!seen.contains(record.key) && present.contains(record.key))
            gone.push_back({record.key, Change::gone, {}, {}});
    std::ranges::sort(gone, {}, &RecordChange::key);
    std::ranges::move(gone, std::back_inserter(changes));
    return changes;
}

}  // namespace raadspost::registers
