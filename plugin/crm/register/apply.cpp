// Writing what a preview showed, a slice at a time.
#include "core/register/compare.hpp"
#include "crm/register/import.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace raadspost::crm {
namespace {

using namespace tryton;
using namespace registers;

// What is read and written at once: above the number of councils, so that offices that councils share are
// seen whole.
constexpr std::size_t piece = 1000;

struct Agreed {
    struct Line {
        bool take_over, unchanged;
    };
    std::vector<Keyed> records;
    std::vector<Line> lines;  // of the records, in their order
    Id reached = 0;           // the last line read
};

// The next piece behind `reached`.
Agreed agreed_lines(Id import, Id reached) {
    Agreed agreed;
    agreed.reached = reached;
    Rows<Id, std::string, std::string, bool, bool>::each(
        "select id, key, source_values, coalesce(take_over, {}), change = 'unchanged' from "
        "raadspost_import_line "
        "where import_ = {} and id > {} and change in ('added', 'changed', 'unchanged') order by id limit {}",
        {false, import, reached, piece},
        [&](Id line, std::string&& key, std::string&& values, bool take_over, bool unchanged) {
            agreed.reached = line;
            agreed.lines.push_back({take_over, unchanged});
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

// What is there today, by key.
class Today {
public:
    explicit Today(const Existing& existing) : ids_{existing.ids} {
        for (const Keyed& record : existing.present) present_.emplace(record.key, &record);
        for (const Keyed& record : existing.last_imported) last_.emplace(record.key, &record);
    }
    Id id(const std::string& key) const {
        const auto found = ids_.find(key);
        return found == ids_.end() ? 0 : found->second;
    }
    const Keyed* present(const std::string& key) const { return find(present_, key); }
    const Keyed* last(const std::string& key) const { return find(last_, key); }

private:
    using ByKey = std::unordered_map<std::string_view, const Keyed*>;
    static const Keyed* find(const ByKey& index, const std::string& key) {
        const auto found = index.find(key);
        return found == index.end() ? nullptr : found->second;
    }
    const std::unordered_map<std::string, Id>& ids_;
    ByKey present_, last_;
};

std::vector<Decided> decide(const Target& target, const Agreed& agreed, const Today& today) {
    const auto& known = target.fields();
    std::vector<Keyed> imported = agreed.records, present, last_imported;
    for (Keyed& record : imported) {
        std::erase_if(record.fields, [&](const auto& field) {
            return std::find(known.begin(), known.end(), field.first) == known.end();
        });
        if (const Keyed* now = today.present(record.key)) present.push_back(*now);
        if (const Keyed* before = today.last(record.key)) last_imported.push_back(*before);
    }
    const auto changes = compare(present, imported, last_imported);
    std::vector<Decided> decided;
    for (std::size_t n = 0; n < agreed.records.size(); ++n) {
        const RecordChange& change = changes[n];
        if (change.change == Change::refused) continue;
        // The preview showed no change, and nobody agreed to one: it has changed here since.
        if (agreed.lines[n].unchanged && change.change != Change::unchanged) continue;
        const Keyed& source = agreed.records[n];
        Decided record{source.key, today.id(source.key), {}, source.fields, false};
        if (const Keyed* now = today.present(source.key)) record.values = now->fields;
        for (const FieldChange& field : change.fields) {
            if (field.kept && !agreed.lines[n].take_over) continue;
            record.values[field.field] = field.imported;
            record.changes = true;
        }
        // What this source does not speak of stays as another one said it.
        const Keyed* before = today.last(source.key);
        if (before) record.imported.insert(before->fields.begin(), before->fields.end());
        if (record.id != 0 && !record.changes && before && before->fields == record.imported) continue;
        decided.push_back(std::move(record));
    }
    return decided;
}

// How much of an import lies behind this line.
double progress(Id import, Id reached) {
    const Rows<std::int64_t, std::int64_t> lines{
        "select count(*), coalesce(sum(case when id <= {} then 1 else 0 end), 0) from raadspost_import_line "
        "where import_ = {} and change in ('added', 'changed', 'unchanged')",
        reached, import};
    const auto& [all, done] = lines.front();
    return all == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(all);
}

}  // namespace

void apply_import(tryton::Id import, std::chrono::milliseconds at_least) {
    const auto until = std::chrono::steady_clock::now() + at_least;
    const auto kind = import_kind(Record{"raadspost.import", import}.text("kind"));
    if (!kind) throw UserError{"msg_import_kind"};
    Id reached = begin(import);
    const std::unique_ptr<Target> target = target_of(*kind);
    const Existing existing = target->existing();
    const Today today{existing};

    const Scope all = Scope::without_access_checks();
    bool finished = false;
    do {
        const Agreed agreed = agreed_lines(import, reached);
        target->write(without_gil([&] { return decide(*target, agreed, today); }));
        reached = agreed.reached;
        finished = agreed.records.size() < piece;
    } while (!finished && std::chrono::steady_clock::now() < until);
    write("raadspost.import", {import},
          {{"state", finished ? "applied" : "applying"},
           {"reached", reached},
           {"progress", finished ? 1.0 : progress(import, reached)}});
}

}  // namespace raadspost::crm
