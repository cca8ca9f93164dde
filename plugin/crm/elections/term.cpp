// The term of a council - from its installation until the next one comes in - and, where the setting allows
// it, its members by name.
#include "crm/elections/terms.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;
using MaybeDate = std::optional<Date>;

Values name_terms(const Ids& terms) {
    Values names;
    for (const auto& [id, installed_on, ends_on] : Rows<Id, Date, MaybeDate>{
             "select id, installed_on, ends_on from raadspost_council_term where id in {}", terms})
        names[id] = term_name(installed_on, ends_on);
    return names;
}

// "Heemstede 2026-2030"
Values name_with_council(const Ids& terms) {
    Values names;
    for (const auto& [id, council, installed_on, ends_on] : Rows<Id, std::string, Date, MaybeDate>{
             "select t.id, c.name, t.installed_on, t.ends_on from raadspost_council_term t "
             "join raadspost_council c on c.id = t.council where t.id in {}",
             terms})
        names[id] = council + " " + term_name(installed_on, ends_on);
    return names;
}

void check_days(const Ids& terms) {
    const Rows<std::string> wrong{
        "select c.name from raadspost_council_term t join raadspost_council c on c.id = t.council "
        "where t.id in {} and t.ends_on <= t.installed_on",
        terms};
    if (!wrong.empty()) throw UserError{"msg_council_term_days", {{"council", std::get<0>(wrong.front())}}};
}

}  // namespace

tryton::Model council_term() {
    return Model{"raadspost.council.term", "Council Term"}
        .stored()
        .shown()
        .ordered_by("installed_on", "DESC")
        .ordered_by("council")
        .named_by(name_with_council, {"council"})
        .field(Many2One{"council", "raadspost.council", "Council"}.required().on_delete("CASCADE").indexed())
        .field(Many2One{"election", "raadspost.election", "Election"}.on_delete("CASCADE").indexed())
        .field(Function{Char{"name", "Term"}, name_terms})
        .field(DateField{"installed_on", "Installed On"}.required())
        .field(DateField{"ends_on", "Ends On"}.help("The day on which the next council comes in."))
        .field(Integer{"seats", "Seats"})
        .field(Integer{"new_count", "New Councillors"}.help(
            "Those elected who did not sit in the council before."))
        .field(Integer{"returning_count", "Returning Councillors"})
        .field(One2Many{"members", "raadspost.council.member", "term", "Members"}.help(
            "Kept only where the configuration says so."))
        .field(Text{"imported", "As Last Imported"}.readonly())
        .unique({"council", "installed_on"}, "msg_council_term_unique")
        .validates(check_days)
        .before_copy([](Dict& overrides) { overrides["imported"] = Value{}; });
}

tryton::Model council_member() {
    return Model{"raadspost.council.member", "Council Member"}
        .stored()
        .shown()
        .ordered_by("sort_name")
        .field(Many2One{"term", "raadspost.council.term", "Term"}.required().on_delete("CASCADE").indexed())
        .field(Char{"name", "Name"}.required())
        .field(Char{"sort_name", "Sorted As"}.readonly())
        .field(Char{"list_name", "List"})
        .field(Integer{"list_number", "List Number"})
        .field(Integer{"position", "Position on the List"})
        .field(Selection{"elected_by",
                         "Elected By",
                         {{"", ""}, {"preference", "Preference Votes"}, {"list_order", "Order of the List"}}})
        .field(Boolean{"is_new", "New"})
        // The last of the tables that elections need: now an existing CRM can be given its elections.
        .after_upgrade([] { make_elections(); });
}

}  // namespace raadspost::crm
