// The meeting place: dorpshuis, buurthuis, wijkcentrum and their like, the evidence in an appeal's letter.
#include "crm/country/meeting_place.hpp"

#include "core/council/address.hpp"
#include "core/council/meeting_place.hpp"
#include "core/fold.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <string>

namespace raadspost::crm {
namespace {

using namespace tryton;
using Maybe = std::optional<std::string>;

Choices kinds() {
    Choices choices;
    for (const MeetingPlaceKind& kind : meeting_place_kinds())
        choices.emplace_back(std::string{kind.key}, std::string{kind.english});
    return choices;
}

void check_postcodes(const Ids& places) {
    for (const auto& [id, postcode] :
         Rows<Id, std::string>{"select id, postcode from raadspost_meeting_place where id in {} "
                               "and postcode is not null and postcode <> ''",
                               places})
        if (postcode_of(postcode).empty()) throw UserError{"msg_postcode", {{"postcode", postcode}}};
}

}  // namespace

tryton::Model meeting_place() {
    return Model{"raadspost.meeting_place", "Meeting Place"}
        .stored()
        .shown()
        .deactivable()
        .with_history()
        .ordered_by("name")
        .searched_by({"search_name"})
        .folding([](const std::string& typed) { return folded(typed); })
        .field(Char{"name", "Name"}.required())
        .field(Selection{"kind", "Kind", kinds()}.starts_as("other").required())
        .field(Many2One{"council", "raadspost.council", "Council"}.on_delete("CASCADE").indexed())
        .field(Many2One{"village", "raadspost.village", "Village"}
                   .domain({where("council", "=", eval("council", -1))})
                   .depends({"council"})
                   .on_delete("SET NULL")
                   .indexed())
        .field(Char{"street", "Street"})
        .field(Char{"house_number", "House Number"})
        .field(Char{"postcode", "Postcode"})
        .field(Char{"place", "Place"})
        .field(Float{"latitude", "Latitude"}.digits(3, 6))
        .field(Float{"longitude", "Longitude"}.digits(3, 6))
        .field(Char{"operated_by", "Operated By"})
        .field(Char{"legal_form", "Legal Form"})
        .field(Char{"organised_by", "Organised By"}.help("Village council, district platform, cooperative."))
        .field(Integer{"opened_in", "Opened In"}.help("The year."))
        .field(Integer{"volunteers", "Volunteers"})
        .field(Text{"activities", "Activities"}.help("Walk-in, consultation hour, digital help, meals ..."))
        .field(Boolean{"emergency_point", "Emergency Support Point"})
        .field(Selection{"wheelchair",
                         "Wheelchair Access",
                         {{"", ""}, {"yes", "Yes"}, {"limited", "Limited"}, {"no", "No"}}})
        .field(Selection{"status",
                         "Status",
                         {{"existing", "Existing"}, {"threatened", "Threatened"}, {"planned", "Planned"}}}
                   .required()
                   .starts_as("existing"))
        .field(Char{"email", "E-Mail"})
        .field(Char{"telephone", "Telephone"})
        .field(Char{"website", "Website"})
        .field(Char{"opening_hours", "Opening Hours"})
        .field(Char{"source", "Source"}.help("osm: data of OpenStreetMap, (c) its contributors, ODbL."))
        .field(Char{"source_id", "Source ID"})
        .field(Char{"import_key", "Import Key"}.readonly().indexed())
        .field(Char{"search_name", "Found By"}.readonly())
        .field(Text{"imported", "As Last Imported"}.readonly())
        .unique({"import_key"}, "msg_meeting_place_unique", "import_key is not null")
        .validates(check_postcodes)
        .after_save(refresh_meeting_place_names)
        .before_copy([](Dict& overrides) {
            overrides["imported"] = Value{};
            overrides["import_key"] = Value{};
        });
}

void refresh_meeting_place_names(const tryton::Ids& places) {
    std::vector<std::tuple<Id, std::string>> stale;
    for (auto& [id, name, place, postcode, council, village, search_name] :
         Rows<Id, std::string, Maybe, Maybe, Maybe, Maybe, Maybe>{
             "select m.id, m.name, m.place, m.postcode, c.name, v.name, m.search_name "
             "from raadspost_meeting_place m left join raadspost_council c on c.id = m.council "
             "left join raadspost_village v on v.id = m.village where m.id in {}",
             places}) {
        std::string found_by = folded(name + " " + place.value_or("") + " " + postcode.value_or("") + " " +
                                      council.value_or("") + " " + village.value_or(""));
        if (search_name != found_by) stale.emplace_back(id, std::move(found_by));
    }
    if (!stale.empty()) update_rows<std::string>("raadspost.meeting_place", {"search_name"}, stale);
}

}  // namespace raadspost::crm
