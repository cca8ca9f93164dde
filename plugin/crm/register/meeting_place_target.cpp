// Meeting places of a table or of OpenStreetMap. The same house from another source is recognised by postcode
// and name, so that it stays one record.
#include "core/council/meeting_place.hpp"
#include "core/fold.hpp"
#include "crm/country/council.hpp"
#include "crm/country/meeting_place.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <array>
#include <map>
#include <tuple>

namespace raadspost::crm {
namespace {

using namespace tryton;
using registers::Keyed;
using Maybe = std::optional<std::string>;
using MaybeId = std::optional<Id>;
using MaybeDegrees = std::optional<double>;
using MaybeTruth = std::optional<bool>;

const std::vector<std::string>& text_fields() {
    static const std::vector<std::string> names = {
        "name",        "kind",       "street", "house_number", "postcode", "place",
        "operated_by", "legal_form", "email",  "telephone",    "website",  "opening_hours",
        "activities",  "wheelchair", "status", "source",       "source_id"};
    return names;
}

// A place as it is written: the texts in the order of text_fields(), then what has a column of another kind.
using Shown = std::tuple<std::string, std::string, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe,
                         Maybe, Maybe, Maybe, Maybe, std::string, Maybe, Maybe, MaybeDegrees, MaybeDegrees,
                         MaybeTruth, MaybeId, MaybeId, std::string, std::string>;

class MeetingPlaceTarget final : public Target {
public:
    const std::vector<std::string>& fields() const override {
        static const std::vector<std::string> names = [] {
            std::vector<std::string> all = text_fields();
            all.insert(all.end(), {"latitude", "longitude", "emergency_point", "council", "village"});
            return all;
        }();
        return names;
    }

    std::pair<std::string, std::string> column(const std::string& field) const override {
        return {"raadspost.meeting_place", field};
    }

    void conform(FieldTexts& fields) const override {
        // Degrees are compared as texts, hence in one spelling.
        for (const char* name : {"latitude", "longitude"})
            if (fields.contains(name)) fields[name] = text_of(degrees_in(fields, name));
        if (const auto status = fields.extract("place_status"); !status.empty())
            fields["status"] = status.mapped();
        if (text_in(fields, "kind").value_or("").empty()) fields["kind"] = "other";
        if (text_in(fields, "status").value_or("").empty()) fields["status"] = "existing";
    }

    Existing existing() const override {
        Existing all;
        Rows<Id, Maybe, Maybe, Maybe, Maybe, MaybeDegrees, MaybeDegrees, MaybeTruth, Maybe>::each(
            "select m.id, m.import_key, m.imported, c.code, v.name, m.latitude, m.longitude, "
            "m.emergency_point, m.name from raadspost_meeting_place m "
            "left join raadspost_council c on c.id = m.council "
            "left join raadspost_village v on v.id = m.village order by m.id",
            {},
            [&](Id&& id, Maybe&& key, Maybe&& imported, Maybe&& council, Maybe&& village,
                MaybeDegrees&& latitude, MaybeDegrees&& longitude, MaybeTruth&& emergency, Maybe&&) {
                Keyed& record = all.present.emplace_back();
                record.key = key.value_or("");
                record.place = std::to_string(id);  // to find it again when its texts are read
                record.fields = {{"latitude", text_of(latitude)},
                                 {"longitude", text_of(longitude)},
                                 {"emergency_point", emergency ? (*emergency ? "1" : "0") : ""},
                                 {"council", council.value_or("")},
                                 {"village", village.value_or("")}};
                if (imported && !imported->empty())
                    all.last_imported.push_back({record.key, from_json(*imported), record.place});
            });
        add_texts(all.present);
        name_keys(all);
        return all;
    }

    void write(const std::vector<Decided>& records) const override {
        const auto councils = councils_by_code();
        const auto villages = villages_of(records, councils);
        std::vector<Shown> added;
        std::vector<decltype(std::tuple_cat(std::tuple<Id>{}, Shown{}))> changed;
        std::vector<std::tuple<Id, std::string>> remembered;
        for (const Decided& each : records) {
            const Shown row = shown(each, councils, villages);
            if (each.id == 0)
                added.push_back(row);
            else if (each.changes)
                changed.push_back(std::tuple_cat(std::tuple{each.id}, row));
            else
                remembered.emplace_back(each.id, to_json(each.imported));
        }
        static constexpr std::array<std::string_view, 24> columns = {
            "name",    "kind",          "street",     "house_number", "postcode",
            "place",   "operated_by",   "legal_form", "email",        "telephone",
            "website", "opening_hours", "activities", "wheelchair",   "status",
            "source",  "source_id",     "latitude",   "longitude",    "emergency_point",
            "council", "village",       "import_key", "imported"};
        Ids touched = insert_rows("raadspost.meeting_place", columns, added);
        update_rows("raadspost.meeting_place", columns, changed);
        update_rows<std::string>("raadspost.meeting_place", {"imported"}, remembered);
        for (const auto& row : changed) touched.push_back(std::get<0>(row));
        if (!touched.empty()) refresh_meeting_place_names(touched);
    }

private:
    static void add_texts(std::vector<Keyed>& places) {
        std::map<std::string, Keyed*> by_id;
        for (Keyed& place : places) by_id[place.place] = &place;
        // One long table of texts: a column each would be a tuple of twenty.
        std::string sql;
        for (const std::string& field : text_fields())
            sql += (sql.empty() ? "" : " union all ") + ("select id, '" + field + "', " + field) +
                   " from raadspost_meeting_place where " + field + " is not null";
        Rows<Id, std::string, std::string>::each(
            sql, {}, [&](Id&& id, std::string&& field, std::string&& text) {
                if (const auto found = by_id.find(std::to_string(id)); found != by_id.end())
                    found->second->fields[std::move(field)] = std::move(text);
            });
    }

    // Keys by which a source finds its own records again; a place that a person typed, or that came from
    // elsewhere, is found by what makes it the same house.
    static void name_keys(Existing& all) {
        for (Keyed& place : all.present) {
            if (place.key.empty()) {
                MeetingPlace house;
                house.name = place.fields["name"];
                house.council = place.fields["council"];
                house.address.postcode = place.fields["postcode"];
                house.address.place = place.fields["place"];
                place.key = duplicate_key(house);
            }
            all.ids.emplace(place.key, std::stoll(place.place));
            place.place.clear();
        }
    }

    using Villages = std::map<std::pair<Id, std::string>, Id>;

    // Villages by council and name; makes those that a source names and the CRM does not know.
    static Villages villages_of(const std::vector<Decided>& records,
                                const std::unordered_map<std::string, Id>& councils) {
        Villages villages;
        for (auto& [id, council, name] :
             Rows<Id, Id, std::string>{"select id, council, name from raadspost_village"})
            villages.emplace(std::pair{council, std::move(name)}, id);
        std::vector<std::tuple<Id, std::string, std::string>> missing;
        for (const Decided& each : records) {
            const auto council = councils.find(text_in(each.values, "council").value_or(""));
            const Maybe name = text_in(each.values, "village");
            if (council != councils.end() && name &&
                villages.emplace(std::pair{council->second, *name}, 0).second)
                missing.emplace_back(council->second, *name, folded(*name));
        }
        const Ids made = insert_rows<Id, std::string, std::string>(
            "raadspost.village", {"council", "name", "search_name"}, missing);
        for (std::size_t n = 0; n < made.size(); ++n)
            villages[{std::get<0>(missing[n]), std::get<1>(missing[n])}] = made[n];
        return villages;
    }

    static Shown shown(const Decided& each, const std::unordered_map<std::string, Id>& councils,
                       const Villages& villages) {
        const FieldTexts& values = each.values;
        const auto text = [&](const char* name) { return text_in(values, name); };
        MaybeId council, village;
        if (const auto found = councils.find(text("council").value_or("")); found != councils.end())
            council = found->second;
        if (council)
            if (const auto found = villages.find({*council, text("village").value_or("")});
                found != villages.end())
                village = found->second;
        return {text("name").value_or(""),
                text("kind").value_or("other"),
                text("street"),
                text("house_number"),
                text("postcode"),
                text("place"),
                text("operated_by"),
                text("legal_form"),
                text("email"),
                text("telephone"),
                text("website"),
                text("opening_hours"),
                text("activities"),
                text("wheelchair"),
                text("status").value_or("existing"),
                text("source"),
                text("source_id"),
                degrees_in(values, "latitude"),
                degrees_in(values, "longitude"),
                truth_in(values, "emergency_point"),
                council,
                village,
                each.key,
                to_json(each.imported)};
    }
};

}  // namespace

std::unique_ptr<Target> meeting_place_target() {
    return std::make_unique<MeetingPlaceTarget>();
}

}  // namespace raadspost::crm
