// A recess as a record: of one council, of a school region, or of all.
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;

void check_days(const Ids& recesses) {
    const Rows<std::string> wrong{"select name from raadspost_recess where id in {} and to_day < from_day",
                                  recesses};
    if (!wrong.empty()) throw UserError{"msg_recess_days", {{"recess", std::get<0>(wrong.front())}}};
}

}  // namespace

tryton::Model recess() {
    return Model{"raadspost.recess", "Recess"}
        .stored()
        .shown()
        .ordered_by("from_day", "DESC")
        .field(Char{"name", "Name"}.required())
        .field(Selection{
            "region", "Region", {{"", ""}, {"noord", "North"}, {"midden", "Middle"}, {"zuid", "South"}}}
                   .readonly(eval("council").is_set())
                   .help("The region of the school holidays; empty: for one council, or for all."))
        .field(Many2One{"council", "raadspost.council", "Council"}.on_delete("CASCADE").indexed().readonly(
            eval("region").is_set()))
        .field(DateField{"from_day", "From"}.required())
        .field(DateField{"to_day", "Until"}.required().help("The last day."))
        .field(Char{"import_key", "Import Key"}.readonly().indexed())
        .field(Text{"imported", "As Last Imported"}.readonly())
        .unique({"import_key"}, "msg_recess_unique", "import_key is not null")
        .validates(check_days)
        .before_copy([](Dict& overrides) { overrides["import_key"] = overrides["imported"] = Value{}; });
}

}  // namespace raadspost::crm
