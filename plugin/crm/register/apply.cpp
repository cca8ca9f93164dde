// Writing what a preview showed.
#include "core/register/compare.hpp"
#include "crm/register/import.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {
namespace {

using namespace tryton;
using namespace registers;

struct Agreed {
    std::vector<Keyed> records;
    std::set<std::string> taken_over;
};

Agreed agreed_lines(Id import) {
    Agreed agreed;
    Rows<std::string, std::string, bool>::each(
        "select key, source_values, coalesce(take_over, {}) from raadspost_import_line "
        "where import_ = {} and change in ('added', 'changed', 'unchanged') order by id",
        {false, import}, [&](std::string&& key, std::string&& values, bool&& take_over) {
            if (take_over) agreed.taken_over.insert(key);
            agreed.records.push_back({std::move(key), from_json(values), {}});
        });
    return agreed;
}

// Before anything else is written, so that a second click, or a second person, finds it closed.
void close(Id import) {
    const auto closed =
        execute("update raadspost_import set state = 'applied' where id = {} and state = 'preview'", import);
    if (closed != 1) throw UserError{"msg_import_closed"};
    forget_cached("raadspost.import", {import});
    write(
        "raadspost.import", {import},
        {{"applied_at", DateTime{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())}},
         {"applied_by", current_user() ? Value{current_user()} : Value{}}});
}

}  // namespace

void apply_import(tryton::Id import) {
    const auto kind = import_kind(Record{"raadspost.import", import}.text("kind"));
    if (!kind) throw UserError{"msg_import_kind"};
    close(import);
    const std::unique_ptr<Target> target = target_of(*kind);
    const Agreed agreed = agreed_lines(import);
    const Existing today = target->existing();

    std::vector<Decided> decided;
    without_gil([&] {
        std::map<std::string, const Keyed*> present, last;
        for (const Keyed& record : today.present) present.emplace(record.key, &record);
        for (const Keyed& record : today.last_imported) last.emplace(record.key, &record);
        const auto& known = target->fields();
        std::vector<Keyed> imported = agreed.records;
        for (Keyed& record : imported)
            std::erase_if(record.fields, [&](const auto& field) {
                return std::find(known.begin(), known.end(), field.first) == known.end();
            });
        const auto changes = compare(today.present, imported, today.last_imported);
        for (std::size_t n = 0; n < agreed.records.size(); ++n) {
            const RecordChange& change = changes[n];
            if (change.change == Change::refused) continue;
            const Keyed& source = agreed.records[n];
            Decided record{source.key, 0, {}, source.fields, false};
            if (const auto id = today.ids.find(source.key); id != today.ids.end()) record.id = id->second;
            if (const auto now = present.find(source.key); now != present.end())
                record.values = now->second->fields;
            for (const FieldChange& field : change.fields) {
                if (field.kept && !agreed.taken_over.contains(source.key)) continue;
                record.values[field.field] = field.imported;
                record.changes = true;
            }
            // What this source does not speak of stays as another one said it.
            const auto before = last.find(source.key);
            if (before != last.end())
                record.imported.insert(before->second->fields.begin(), before->second->fields.end());
            if (record.id != 0 && !record.changes && before != last.end() &&
                before->second->fields == record.imported)
                continue;
            decided.push_back(std::move(record));
        }
    });
    const Scope all = Scope::without_access_checks();
    target->write(decided);
}

}  // namespace raadspost::crm
