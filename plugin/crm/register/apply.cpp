// Writing what a preview showed, a slice at a time.
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

// What is written at once: above the number of councils, so that offices that councils share are seen whole.
constexpr std::size_t piece = 1000;

struct Agreed {
    std::vector<Keyed> records;
    std::vector<Id> lines;  // of each record
    std::set<std::string> taken_over;
};

Agreed agreed_lines(Id import, Id reached) {
    Agreed agreed;
    Rows<Id, std::string, std::string, bool>::each(
        "select id, key, source_values, coalesce(take_over, {}) from raadspost_import_line "
        "where import_ = {} and id > {} and change in ('added', 'changed', 'unchanged') order by id",
        {false, import, reached}, [&](Id line, std::string&& key, std::string&& values, bool take_over) {
            if (take_over) agreed.taken_over.insert(key);
            agreed.lines.push_back(line);
            agreed.records.push_back({std::move(key), from_json(values), {}});
        });
    return agreed;
}

// Before anything else is written, so that a second click, or a second person, finds it begun. Gives the line
// up to which an earlier slice came.
Id begin(Id import) {
    const auto begun = execute(
        "update raadspost_import set state = 'applying' where id = {} and state in ('preview', 'applying')",
        import);
    if (begun != 1) throw UserError{"msg_import_closed"};
    forget_cached("raadspost.import", {import});
    const Record record{"raadspost.import", import};
    if (!record.get("reached").is_null()) return record.at<Id>("reached");
    write(
        "raadspost.import", {import},
        {{"applied_at", DateTime{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())}},
         {"applied_by", current_user() ? Value{current_user()} : Value{}}});
    return 0;
}

struct Decision {
    Decided record;
    std::size_t place = 0;  // among the agreed records
};

std::vector<Decision> decide(const Target& target, const Agreed& agreed, const Existing& today) {
    std::map<std::string, const Keyed*> present, last;
    for (const Keyed& record : today.present) present.emplace(record.key, &record);
    for (const Keyed& record : today.last_imported) last.emplace(record.key, &record);
    const auto& known = target.fields();
    std::vector<Keyed> imported = agreed.records;
    for (Keyed& record : imported)
        std::erase_if(record.fields, [&](const auto& field) {
            return std::find(known.begin(), known.end(), field.first) == known.end();
        });
    const auto changes = compare(today.present, imported, today.last_imported);
    std::vector<Decision> decisions;
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
        decisions.push_back({std::move(record), n});
    }
    return decisions;
}

}  // namespace

void apply_import(tryton::Id import, std::chrono::milliseconds at_least) {
    const auto until = std::chrono::steady_clock::now() + at_least;
    const auto kind = import_kind(Record{"raadspost.import", import}.text("kind"));
    if (!kind) throw UserError{"msg_import_kind"};
    const Id reached = begin(import);
    const std::unique_ptr<Target> target = target_of(*kind);
    const Agreed agreed = agreed_lines(import, reached);
    const Existing today = target->existing();
    auto decisions = without_gil([&] { return decide(*target, agreed, today); });

    const Scope all = Scope::without_access_checks();
    std::size_t next = 0;
    do {
        std::vector<Decided> records;
        for (; next < decisions.size() && records.size() < piece; ++next)
            records.push_back(std::move(decisions[next].record));
        target->write(records);
    } while (next < decisions.size() && std::chrono::steady_clock::now() < until);

    if (next == decisions.size()) {
        write("raadspost.import", {import}, {{"state", "applied"}, {"progress", 1.0}});
        return;
    }
    const std::size_t left = agreed.records.size() - decisions[next].place;
    std::int64_t total = 0;
    const Record record{"raadspost.import", import};
    for (const char* counted : {"added", "changed", "unchanged"})
        if (const Value number = record.get(counted); !number.is_null()) total += number.as<std::int64_t>();
    write("raadspost.import", {import},
          {{"reached", agreed.lines[decisions[next].place] - 1},
           {"progress",
            1.0 - static_cast<double>(left) / static_cast<double>(std::max<std::int64_t>(total, 1))}});
}

}  // namespace raadspost::crm
