// The municipal council as a record of the CRM.
#include "crm/country/council.hpp"

#include "core/council/address.hpp"
#include "core/council/code.hpp"
#include "core/council/lookup.hpp"
#include "core/council/region.hpp"
#include "core/fold.hpp"
#include "crm/country/griffie.hpp"
#include "crm/elections/terms.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {
namespace {

using namespace tryton;

Values counted(const std::string& table, const Ids& councils, const std::string& condition = {}) {
    Values counts;
    for (const Id council : councils) counts[council] = 0;
    for (const auto& [council, number] :
         Rows<Id, std::int64_t>{counting_by_council(table, condition), councils})
        counts[council] = number;
    return counts;
}

Getter counting(const std::string& table, const std::string& condition = {}) {
    return [=](const Ids& councils) { return counted(table, councils, condition); };
}

void check_codes(const Ids& councils) {
    for (const auto& [id, code] :
         Rows<Id, std::string>{"select id, code from raadspost_council where id in {}", councils})
        if (!is_council_code(code)) throw UserError{"msg_council_code_shape", {{"code", code}}};
}

std::map<std::string, Values> sitting(const Ids& councils, const std::vector<std::string>& names) {
    const auto terms = sitting_terms(councils, dutch_today());
    std::map<std::string, Values> values;
    for (const std::string& name : names)
        for (const Id council : councils) {
            const auto found = terms.find(council);
            Value& value = values[name][council];
            if (found == terms.end()) continue;
            if (name == "sitting_term") value = found->second.id;
            if (name == "new_councillors") value = found->second.new_count;
        }
    return values;
}

Value propose(const Ids& councils) {
    propose_griffies(councils);
    return "reload";
}

}  // namespace

std::string counting_by_council(const std::string& table, const std::string& condition) {
    return "select council, count(*) from " + table + " where council in {}" +
           (condition.empty() ? "" : " and " + condition) + " group by council";
}

tryton::Model council() {
    return Model{"raadspost.council", "Council"}
        .stored()
        .shown()
        .with_history()
        .ordered_by("sort_name")
        .sorted_in_links_by("sort_name")
        .searched_by({"search_name"})
        .folding([](const std::string& typed) { return folded(typed); })
        .field(Char{"code", "CBS Code"}.required().indexed().help("GM and four digits."))
        .field(Char{"name", "Name"}.required())
        .field(Char{"official_name", "Official Name"})
        .field(Char{"sort_name", "Sorted As"}.readonly().indexed())
        .field(Char{"search_name", "Found By"}.readonly())
        .field(Many2One{"province", "country.subdivision", "Province"}
                   .domain({where("country.code", "=", "NL")})
                   .on_delete("RESTRICT")
                   .indexed())
        .field(Selection{"region",
                         "Region of the School Holidays",
                         {{"", ""}, {"noord", "North"}, {"midden", "Middle"}, {"zuid", "South"}}}
                   .help("Recesses of this region are the council's, besides its own."))
        .field(Char{"tooi_uri", "TOOI URI"})
        .field(Integer{"inhabitants", "Inhabitants"})
        .field(Integer{"seats", "Seats"})
        .field(Char{"website", "Website"})
        .field(Char{"list_of_incoming_documents", "List of Incoming Documents"})
        .field(Float{"latitude", "Latitude"}.digits(3, 6))
        .field(Float{"longitude", "Longitude"}.digits(3, 6))
        .field(Many2One{"party", "party.party", "Party"}.on_delete("RESTRICT").indexed())
        .field(DateField{"active_from", "Active From"})
        .field(DateField{"active_to", "Active To"}.help("The last day on which this council existed."))
        .field(Many2One{"successor", "raadspost.council", "Successor"}
                   .help("The council that took over after a merger.")
                   .invisible(eval("active_to", Value{}).is_empty()))
        .field(Many2Many{"griffies", "raadspost.griffie-raadspost.council", "council", "griffie", "Griffies"})
        .field(Function{Integer{"griffie_count", "Number of Griffies"},
                        counting("\"raadspost_griffie-raadspost_council\"")})
        .field(Function{Integer{"meeting_place_count", "Number of Meeting Places"},
                        counting("raadspost_meeting_place", "active")})
        .field(Function{Integer{"village_count", "Number of Villages"}, counting("raadspost_village")})
        .field(One2Many{"terms", "raadspost.council.term", "council", "Terms"})
        .fields({Many2One{"sitting_term", "raadspost.council.term", "Sitting Council"},
                 Integer{"new_councillors", "New Councillors"}.help(
                     "Of the sitting council: those who were not in the one before.")},
                sitting)
        .field(Text{"imported", "As Last Imported"}.readonly())
        .unique({"code"}, "msg_council_code_unique")
        .validates(check_codes)
        .after_save([](const Ids& councils) {
            refresh_council_names(councils);
            refresh_terms(councils);
            fill_regions(councils);
        })
        .after_upgrade([] { fill_regions(); })
        .before_copy([](Dict& overrides) {
            overrides["griffies"] = List{};
            overrides["terms"] = List{};
            overrides["imported"] = Value{};
        })
        .button("propose_address", propose,
                {.invisible = eval("griffies", List{}).is_set() || eval("website").is_empty()});
}

void refresh_council_names(const tryton::Ids& councils) {
    std::map<Id, std::string> griffiers;
    for (auto& [council, griffier, mailbox] :
         Rows<Id, std::optional<std::string>, std::optional<std::string>>{
             "select r.council, g.griffier, g.mailbox from \"raadspost_griffie-raadspost_council\" r "
             "join raadspost_griffie g on g.id = r.griffie where r.council in {} order by r.council, g.id",
             councils})
        griffiers[council] += " " + griffier.value_or("") + " " + domain_of(mailbox.value_or(""));

    using Maybe = std::optional<std::string>;
    std::vector<std::tuple<Id, std::string, std::string>> stale;
    for (auto& [id, code, name, official, website, province, sort_name, search_name] :
         Rows<Id, std::string, std::string, Maybe, Maybe, Maybe, Maybe, Maybe>{
             "select c.id, c.code, c.name, c.official_name, c.website, p.name, c.sort_name, c.search_name "
             "from raadspost_council c left join country_subdivision p on p.id = c.province "
             "where c.id in {}",
             councils}) {
        const std::string domain = domain_of(website.value_or(""));
        std::string others;
        for (const std::string_view other : second_names(code)) others += ' ' + std::string{other};
        // The domain stands both folded (typed as two words) and as it is written in an address.
        std::string found_by = folded(name + " " + official.value_or("") + " " + code + " " + domain + " " +
                                      province.value_or("") + others + griffiers[id]) +
                               " " + domain;
        std::string sorted_as = sort_key(name);
        if (sort_name != sorted_as || search_name != found_by)
            stale.emplace_back(id, std::move(sorted_as), std::move(found_by));
    }
    if (!stale.empty())
        update_rows<std::string, std::string>("raadspost.council", {"sort_name", "search_name"}, stale);
}

void fill_regions(const tryton::Ids& councils) {
    const std::set<Id> wanted{councils.begin(), councils.end()};
    std::vector<std::tuple<Id, std::string>> found;
    for (const auto& [id, code, province] : Rows<Id, std::string, std::string>{
             "select c.id, c.code, p.code from raadspost_council c join country_subdivision p "
             "on p.id = c.province where c.region is null or c.region = ''"})
        if (const auto region = school_region(code, province);
            !region.empty() && (wanted.empty() || wanted.contains(id)))
            found.emplace_back(id, region);
    if (!found.empty()) update_rows<std::string>("raadspost.council", {"region"}, found);
}

std::unordered_map<std::string, tryton::Id> councils_by_code() {
    std::unordered_map<std::string, Id> ids;
    for (auto& [code, id] : Rows<std::string, Id>{"select code, id from raadspost_council"})
        ids.emplace(std::move(code), id);
    return ids;
}

std::size_t propose_griffies(const tryton::Ids& councils) {
    std::vector<ProposedGriffie> proposals;
    for (auto& [id, name, website] : Rows<Id, std::string, std::string>{
             "select c.id, c.name, c.website from raadspost_council c "
             "where c.id in {} and c.website is not null and c.website <> '' and not exists ("
             "select 1 from \"raadspost_griffie-raadspost_council\" r join raadspost_griffie g "
             "on g.id = r.griffie where r.council = c.id and g.mailbox is not null and g.mailbox <> '')",
             councils}) {
        std::string mailbox = proposed_griffie_mailbox(website);
        if (!mailbox.empty()) proposals.push_back({id, name, std::move(mailbox), ""});
    }
    add_griffies(proposals);
    return proposals.size();
}

}  // namespace raadspost::crm
