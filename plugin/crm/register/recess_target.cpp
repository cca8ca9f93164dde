// Recesses out of a table, known again by whom they are of and their first day.
#include "crm/country/council.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <tuple>

namespace raadspost::crm {
namespace {

using namespace tryton;
using Maybe = std::optional<std::string>;
using MaybeId = std::optional<Id>;

class RecessTarget final : public Target {
public:
    const std::vector<std::string>& fields() const override {
        static const std::vector<std::string> names = {"name", "region", "council", "from_day", "to_day"};
        return names;
    }

    std::pair<std::string, std::string> column(const std::string& field) const override {
        return {"raadspost.recess", field};
    }

    Existing existing() const override {
        Existing all;
        for (auto& [id, key, name, region, council, from, to, imported] :
             Rows<Id, std::string, std::string, Maybe, Maybe, Date, Date, Maybe>{
                 "select r.id, r.import_key, r.name, r.region, c.code, r.from_day, r.to_day, r.imported "
                 "from raadspost_recess r left join raadspost_council c on c.id = r.council "
                 "where r.import_key is not null"}) {
            all.ids.emplace(key, id);
            if (imported && !imported->empty()) all.last_imported.push_back({key, from_json(*imported), {}});
            all.present.push_back({key,
                                   {{"name", name},
                                    {"region", region.value_or("")},
                                    {"council", council.value_or("")},
                                    {"from_day", text_of(std::optional{from})},
                                    {"to_day", text_of(std::optional{to})}},
                                   {}});
        }
        return all;
    }

    void write(const std::vector<Decided>& records) const override {
        const auto councils = councils_by_code();
        std::vector<std::tuple<std::string, std::string, std::string, Maybe, MaybeId, Date, Date>> added;
        std::vector<std::tuple<Id, std::string, std::string, Date, Date>> changed;
        for (const Decided& each : records) {
            const auto from = date_in(each.values, "from_day"), to = date_in(each.values, "to_day");
            if (!from || !to) continue;
            const std::string name = text_in(each.values, "name").value_or("-");
            if (each.id != 0) {
                changed.emplace_back(each.id, to_json(each.imported), name, *from, *to);
                continue;
            }
            const auto council = councils.find(text_in(each.values, "council").value_or(""));
            added.emplace_back(each.key, to_json(each.imported), name, text_in(each.values, "region"),
                               council == councils.end() ? MaybeId{} : MaybeId{council->second}, *from, *to);
        }
        insert_rows<std::string, std::string, std::string, Maybe, MaybeId, Date, Date>(
            "raadspost.recess", {"import_key", "imported", "name", "region", "council", "from_day", "to_day"},
            added);
        update_rows<std::string, std::string, Date, Date>(
            "raadspost.recess", {"imported", "name", "from_day", "to_day"}, changed);
    }
};

}  // namespace

std::unique_ptr<Target> recess_target() {
    return std::make_unique<RecessTarget>();
}

}  // namespace raadspost::crm
