// The village (dorp, kern) in a council's municipality.
#include "core/fold.hpp"
#include "crm/entities.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;

Values count_meeting_places(const Ids& villages) {
    Values counts;
    for (const Id village : villages) counts[village] = 0;
    for (const auto& [village, number] : Rows<Id, std::int64_t>{
             "select village, count(*) from raadspost_meeting_place where village in {} and active "
             "group by village",
             villages})
        counts[village] = number;
    return counts;
}

void fold_name(Dict& values) {
    const auto name = values.find("name");
    if (name != values.end() && name->second.holds<std::string>())
        values["search_name"] = folded(name->second.as<std::string>());
}

}  // namespace

tryton::Model village() {
    return Model{"raadspost.village", "Village"}
        .stored()
        .shown()
        .ordered_by("name")
        .searched_by({"search_name"})
        .folding([](const std::string& typed) { return folded(typed); })
        .field(Char{"name", "Name"}.required())
        .field(Many2One{"council", "raadspost.council", "Council"}.required().on_delete("CASCADE").indexed())
        .field(Char{"organisation", "Village Organisation"}.help("The village council or its like."))
        .field(Integer{"inhabitants", "Inhabitants"})
        .field(Char{"search_name", "Found By"}.readonly())
        .field(Function{Integer{"meeting_place_count", "Number of Meeting Places"}, count_meeting_places})
        .unique({"council", "name"}, "msg_village_unique")
        .before_create([](std::vector<Dict>& rows) {
            for (Dict& row : rows) fold_name(row);
        })
        .before_write([](const Ids&, Dict& values) { fold_name(values); });
}

}  // namespace raadspost::crm
